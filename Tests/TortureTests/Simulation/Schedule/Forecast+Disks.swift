import RelayTesting

extension Forecast {
    /// Disks that fail a sync under traffic, lives that begin on them, and then the power goes:
    /// what a start owes to a disk that lied to the life before.
    static func failingDisks(seed: UInt64) -> [Happening] {
        var dice = Dice(seed: seed ^ 0xD15C)
        var all: [Happening] = []
        var atMs: Int64 = 1000
        var number = 0
        func traffic() -> Happening.Kind {
            defer { number += 20 }
            return .traffic(
                Happening.Traffic(seed: seed &+ UInt64(number), first: number, count: 20, overMs: 0)
            )
        }
        for _ in 0..<6 {
            let round: [Happening.Kind] = [
                traffic(), .failingDisk(.sync, skipping: dice.number(0...3)), traffic(), traffic(),
                .cut(afterChanges: nil, downMs: 500), traffic(),
            ]
            for kind in round {
                all.append(Happening(atMs: atMs, kind: kind))
                atMs += Int64(dice.number(8000...20_000))
            }
        }
        return all
    }
}
