import RelayCore
import RelayTesting

/// What happens in the simulation of a seed: a few days of traffic and trouble.
enum Forecast {
    static let minuteMs = 60_000
    static let hourMs = 3_600_000

    static func happenings(seed: UInt64) -> [Happening] {
        var dice = Dice(seed: seed ^ 0x5EED)
        var all: [Happening] = []
        var atMs: Int64 = 1000
        var number = 0
        let count = dice.number(12...28)
        let floodAt = seed % floodShare == floodSeed ? dice.number(0...count / 2) : -1
        for index in 0..<count {
            let flood = index == floodAt ? flood(&dice, number: &number) : []
            for kind in flood.isEmpty ? [kind(&dice, number: &number)] : flood {
                all.append(Happening(atMs: atMs, kind: kind))
            }
            atMs += Int64(gapMs(&dice))
        }
        return all
    }

    /// Mostly close together, so that troubles meet; now and then hours of quiet.
    private static func gapMs(_ dice: inout Dice) -> Int {
        switch dice.number(0...9) {
        case 0..<5: dice.number(1...20_000)
        case 5, 6: dice.number(1...10 * minuteMs)
        case 7: dice.number(1...hourMs)
        case 8: dice.number(1...8 * hourMs)
        default: dice.number(1...24 * hourMs)
        }
    }

    private static func kind(_ dice: inout Dice, number: inout Int) -> Happening.Kind {
        switch dice.number(0...99) {
        case 0..<40: return .traffic(traffic(&dice, number: &number))
        case 40..<62:
            return .weather(
                site: dice.number(0...2), weather(&dice), forMs: spanMs(&dice, longest: 24 * hourMs)
            )
        case 62..<64: return .revokedTokens
        case 64..<70:
            return .cut(
                afterChanges: dice.isOne(in: 5) ? nil : dice.number(0...120),
                downMs: downMs(&dice))
        case 70..<73: return .kill(downMs: downMs(&dice))
        case 73..<76: return .restart(downMs: downMs(&dice))
        case 76..<79: return .fullDisk(forMs: spanMs(&dice, longest: 20 * minuteMs))
        case 79..<81:
            return .failingDisk(
                dice.isOne(in: 2) ? .sync : .write, skipping: dice.number(0...60))
        case 81..<85: return .jump(ms: jumpMs(&dice))
        case 85..<88:
            return .hold(
                site: dice.number(0...2),
                forMs: dice.isOne(in: 2) ? nil : Int64(spanMs(&dice, longest: hourMs)))
        case 88..<90: return .release(site: dice.number(0...2))
        case 90..<93: return .replay(picks: picks(&dice))
        case 93..<95: return .discard(picks: picks(&dice))
        case 95: return .backup
        case 96: return .erase(picks: picks(&dice))
        default: return .reconfigure(variant: dice.number(0...255))
        }
    }

    /// Floods cost a hundred times what other traffic does: one seed in so many has one.
    private static let floodShare: UInt64 = 24
    private static let floodSeed: UInt64 = 13

    /// While its destination is away, so that all of it waits.
    private static func flood(_ dice: inout Dice, number: inout Int) -> [Happening.Kind] {
        let (hook, site) = [(0, 0), (4, 2)][dice.number(0...1)]
        let away = Weather(kind: .refusingConnections, percent: 100, seed: 0)
        let forMs = dice.number(1...60) * minuteMs
        return [
            .weather(site: site, away, forMs: forMs), flood(&dice, number: &number, hook: hook),
        ]
    }

    static func flood(
        _ dice: inout Dice, number: inout Int, hook: Int
    ) -> Happening.Kind {
        let count = Limits.activeDeliveries + dice.number(100...600)
        defer { number += count }
        return .flood(
            hook: hook,
            Happening.Traffic(
                seed: UInt64(dice.number(0...1_000_000_000)), first: number, count: count,
                overMs: dice.number(1...20_000)))
    }

    private static func traffic(
        _ dice: inout Dice, number: inout Int
    ) -> Happening.Traffic {
        let count = dice.isOne(in: 8) ? dice.number(100...250) : dice.number(1...40)
        defer { number += count }
        return Happening.Traffic(
            seed: UInt64(dice.number(0...1_000_000_000)), first: number, count: count,
            overMs: dice.isOne(in: 3) ? 0 : spanMs(&dice, longest: 10 * minuteMs))
    }

    /// From an instant to the longest, every order of magnitude alike.
    private static func spanMs(_ dice: inout Dice, longest: Int) -> Int {
        var limit = longest
        while limit > 2000, dice.isOne(in: 2) { limit /= 5 }
        return dice.number(1...max(limit, 1))
    }

    private static func downMs(_ dice: inout Dice) -> Int {
        dice.isOne(in: 6) ? spanMs(&dice, longest: 3 * hourMs) : dice.number(100...5000)
    }

    /// A little, as the time service does it, or hours.
    private static func jumpMs(_ dice: inout Dice) -> Int64 {
        let ms = Int64(dice.isOne(in: 2) ? dice.number(1...5000) : dice.number(1...30 * hourMs))
        return dice.isOne(in: 2) ? ms : -ms
    }

    private static func picks(_ dice: inout Dice) -> [Int] {
        (0..<dice.number(1...12)).map { _ in dice.number(0...9999) }
    }
}
