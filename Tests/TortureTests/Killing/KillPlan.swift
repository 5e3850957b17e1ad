import RelayTesting

/// What one kill round does, made from its seed.
struct KillPlan: CustomStringConvertible {
    /// How a destination is delivered to.
    enum Kind: String, CaseIterable {
        case single, batch, http

        /// Of one request, at the most.
        var events: Int { self == .batch ? 20 : 1 }
    }

    /// What ends a life of the relay. Microseconds are chance, not judgement: wherever the signal
    /// falls, the same must hold.
    enum Ending: CustomStringConvertible {
        /// After so many acknowledgements.
        case load(acknowledgements: Int, us: Int)
        /// While it starts, recovers a log or makes its store.
        case start(us: Int)
        /// While it stops in good order.
        case stop(us: Int)
        /// After a time in which it did not run.
        case pause(us: Int)
        /// While an operator's command is at work.
        case command(Act, us: Int)

        var description: String {
            switch self {
            case .load(let count, let us): "load(\(count), \(us)us)"
            case .start(let us): "start(\(us)us)"
            case .stop(let us): "stop(\(us)us)"
            case .pause(let us): "pause(\(us)us)"
            case .command(let act, let us): "\(act.rawValue)(\(us)us)"
            }
        }
    }

    enum Act: String, CaseIterable { case replay, discard, erase, backup, audit, hold }

    let seed: UInt64
    var destinations: [Kind]
    var sender: WitnessSender.Plan
    var delayUs: Int
    /// In a thousand requests, how many the sink answers badly.
    var trouble: Int
    var endings: [Ending]
    /// From this life on the wall clock is two hours ahead, so that retention has work.
    var ahead: Int?
    /// Requests in flight to one destination, at the most.
    var window = 32
    var plant: KillPlant?

    init(seed: UInt64) {
        var dice = Dice(seed: seed)
        self.seed = seed
        destinations = (0..<dice.below(3) + 1).map { _ in dice.one(of: Kind.allCases) }
        var sender = WitnessSender.Plan()
        sender.connections = dice.one(of: [1, 4, 16, 32])
        sender.sources = destinations.count
        sender.bigBytes = dice.one(of: [0, 0, 2000, 60_000])
        sender.pauseUs = dice.one(of: [0, 0, 1000, 5000])
        self.sender = sender
        delayUs = dice.one(of: [0, 500, 5000, 50_000])
        trouble = dice.one(of: [0, 20, 200])
        let lives = dice.below(3) + 1
        endings = (0..<lives).map { _ in KillPlan.ending(&dice) }
        ahead = dice.below(3) == 0 ? dice.below(lives) + 1 : nil
    }

    private static func ending(_ dice: inout Dice) -> Ending {
        switch dice.below(10) {
        case 0...3: .load(acknowledgements: dice.below(400) + 1, us: dice.below(20_000))
        case 4...5: .start(us: dice.below(250_000))
        case 6: .stop(us: dice.below(40_000))
        case 7: .pause(us: dice.below(300_000))
        default: .command(dice.one(of: Act.allCases), us: dice.below(120_000))
        }
    }

    var description: String {
        "destinations \(destinations.map(\.rawValue)), \(sender.connections) connections, "
            + "bodies to \(sender.bigBytes), pause \(sender.pauseUs)us, answers in \(delayUs)us, "
            + "trouble \(trouble), kills \(endings)"
            + (ahead.map { ", clock ahead from life \($0)" } ?? "")
    }
}
