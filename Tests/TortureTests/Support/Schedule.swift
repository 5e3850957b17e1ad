import RelayTesting

/// A list of steps made from a seed.
enum Schedule {
    static func steps(seed: UInt64, cuts: Bool) -> [Step] {
        var dice = Dice(seed: seed)
        return (0..<dice.number(8...40)).map { _ in step(&dice, cuts: cuts) }
    }

    private static func step(_ dice: inout Dice, cuts: Bool) -> Step {
        switch dice.number(0...99) {
        case 0..<44: group(&dice)
        case 44..<48: .lateFinish(pick: dice.number(0...99))
        case 48..<51:
            .hold(
                destination: dice.number(0...2), forMs: dice.isOne(in: 2) ? nil : 60_000)
        case 51..<53: .release(destination: dice.number(0...2))
        case 53..<57: .discard(picks: picks(&dice))
        case 57..<62: .replay(picks: picks(&dice))
        case 62..<64: .prune
        case 64: .erase(body: dice.number(0...30))
        case 65: dice.isOne(in: 3) ? .restore : .backup
        case 66..<72: .checkpoint(truncating: dice.isOne(in: 3))
        case 72..<82:
            .wait(ms: Int64(dice.isOne(in: 5) ? dice.number(1...7_200_000) : dice.number(1...5000)))
        case 82..<86: .reopen
        default:
            if !cuts {
                group(&dice)
            } else {
                switch dice.number(0...9) {
                case 0: .kill
                case 1: .cut
                case 2: .failing(fault(&dice), skipping: dice.number(0...12))
                case 3: .failingStart(fault(&dice), skipping: dice.number(0...12))
                default:
                    .cutDuring(
                        afterChanges: dice.number(0...60),
                        again: dice.isOne(in: 4) ? dice.number(0...20) : nil)
                }
            }
        }
    }

    private static func fault(_ dice: inout Dice) -> Step.Fault {
        [.sync, .write, .full, .read, .memory][dice.number(0...4)]
    }

    private static func picks(_ dice: inout Dice) -> [Int] {
        (0..<dice.number(1...4)).map { _ in dice.number(0...99) }
    }

    private static func group(_ dice: inout Dice) -> Step {
        .group(
            offers: (0..<dice.number(0...5)).map { _ in offer(&dice) },
            endings: (0..<dice.number(0...4)).map { _ in
                Step.Ending(pick: dice.number(0...99), end: end(&dice))
            })
    }

    private static func offer(_ dice: inout Dice) -> Step.Offer {
        Step.Offer(
            route: dice.number(0...3), body: dice.number(0...30),
            bytes: dice.isOne(in: 6) ? dice.number(1000...30_000) : 0,
            lane: dice.isOne(in: 3) ? dice.number(0...2) : nil,
            deliveryID: dice.isOne(in: 4) ? dice.number(0...20) : nil,
            isParsable: !dice.isOne(in: 8))
    }

    private static func end(_ dice: inout Dice) -> Step.End {
        switch dice.number(0...9) {
        case 0..<5: .delivered
        case 5..<8: .retry(afterMs: Int64(dice.number(0...10_000)))
        case 8: .dead
        default: .expired(afterSending: dice.isOne(in: 2))
        }
    }
}
