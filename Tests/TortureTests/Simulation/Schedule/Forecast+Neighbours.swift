extension Forecast {
    /// One site after the other is out of reach for an hour, while there is something for all. Some
    /// of what waits for it is given up or erased before it is well again.
    static func badNeighbours(seed: UInt64) -> [Happening] {
        var dice = Dice(seed: seed ^ 0x4E16)
        var all: [Happening] = []
        var atMs: Int64 = 1000
        var number = 0
        func add(_ kind: Happening.Kind, thenMs: Int) {
            all.append(Happening(atMs: atMs, kind: kind))
            atMs += Int64(thenMs)
        }
        for site in 0..<3 {
            let kinds: [Weather.Kind] = [
                .refusingConnections, .hanging(isProcessed: false),
                .status(503, retryAfterSeconds: nil, hasBody: false),
            ]
            let weather = Weather(kind: kinds[dice.number(0...2)], percent: 100, seed: seed)
            add(.weather(site: site, weather, forMs: hourMs), thenMs: 20 * minuteMs)
            for _ in 0..<3 {
                let traffic = Happening.Traffic(
                    seed: seed &+ UInt64(number), first: number, count: 12, overMs: 2000)
                number += 12
                add(.traffic(traffic), thenMs: 2 * minuteMs)
            }
            add(.discard(picks: [0, 3, 5, 8, 13]), thenMs: 5000)
            add(.erase(picks: [2, 7, 11, 23, 29]), thenMs: 2 * hourMs)
        }
        return all
    }

    /// A source floods a site that is away, then one that is well; others send as they always do.
    static func floods(seed: UInt64) -> [Happening] {
        var dice = Dice(seed: seed ^ 0xF100)
        var all: [Happening] = []
        var atMs: Int64 = 1000
        var number = 0
        func add(_ kind: Happening.Kind, thenMs: Int) {
            all.append(Happening(atMs: atMs, kind: kind))
            atMs += Int64(thenMs)
        }
        func traffic() -> Happening.Kind {
            defer { number += 30 }
            return .traffic(
                Happening.Traffic(
                    seed: seed &+ UInt64(number), first: number, count: 30, overMs: 10_000))
        }
        let away = Weather(kind: .refusingConnections, percent: 100, seed: seed)
        add(.weather(site: 0, away, forMs: 30 * minuteMs), thenMs: 17 * minuteMs)
        add(flood(&dice, number: &number, hook: 0), thenMs: 30_000)
        add(traffic(), thenMs: 2 * minuteMs)
        add(.kill(downMs: 1000), thenMs: 40 * minuteMs)
        add(flood(&dice, number: &number, hook: 0), thenMs: 1000)
        add(traffic(), thenMs: 2 * minuteMs)
        add(traffic(), thenMs: 2 * minuteMs)
        return all
    }
}
