/// What is measured. The names are those of the project's goals.
package enum Figure: String, CaseIterable, Sendable {
    case i1 = "I1"
    case i2p50 = "I2-p50"
    case i2p99 = "I2-p99"
    case i2p999 = "I2-p99.9"
    case i3 = "I3"
    case i4 = "I4"
    case i5disk = "I5-disk"
    case i5growth = "I5-growth"
    case i6 = "I6"
    case d1 = "D1"
    case d2 = "D2"
    case d3batches = "D3-batches"
    case d3single = "D3-single"
    case d4p50 = "D4-p50"
    case d4p99 = "D4-p99"
    case d5 = "D5"
    case d6 = "D6"
    case d7 = "D7"
    case d8batches = "D8-batches"
    case d8single = "D8-single"
    case d8intake = "D8-intake"
    case d8disk = "D8-disk"
    case d9 = "D9"
    case d10lost = "D10-lost"
    case d10dead = "D10-dead"
    case d10replayed = "D10-replayed"
    case d11intake = "D11-intake"
    case d11back = "D11-back"
    case d11drain = "D11-drain"

    /// `D3` for `D3-single`: what an operator types for the whole family.
    package var family: String { String(rawValue.prefix { $0 != "-" }) }

    package var meaning: String {
        switch self {
        case .i1: "acknowledged and synced events"
        case .i2p50: "answer under that load, p50"
        case .i2p99: "answer under that load, p99"
        case .i2p999: "answer under that load, p99.9"
        case .i3: "answer to one lonely connection, p50"
        case .i4: "largest write-ahead log meanwhile"
        case .i5disk: "written to disk for each event"
        case .i5growth: "growth of the database by each event"
        case .i6: "acknowledged events with a backlog"
        case .d1: "accepted and delivered, one a request"
        case .d2: "accepted and delivered, batches of 200"
        case .d3batches: "backlog drained in batches of 200"
        case .d3single: "backlog drained one a request"
        case .d4p50: "from the 200 to the destination, p50"
        case .d4p99: "from the 200 to the destination, p99"
        case .d5: "the same beside a hanging destination, p99"
        case .d6: "resident memory with a backlog"
        case .d7: "first acknowledgement after kill -9"
        case .d8batches: "processor time of a million events, in batches"
        case .d8single: "the same, one a request"
        case .d8intake: "the same, accepted only"
        case .d8disk: "written to disk for a million events, in batches"
        case .d9: "delivered to a destination of 200 ms"
        case .d10lost: "good events lost beside poisoned ones and a 404"
        case .d10dead: "poisoned ones parked with the refusal's words"
        case .d10replayed: "of them delivered by a replay"
        case .d11intake: "acknowledged events while the destination is down"
        case .d11back: "from its return to the first arrival"
        case .d11drain: "what waited, drained after the return"
        }
    }

    package var unit: Unit {
        switch self {
        case .i1, .i6, .d1, .d2, .d3batches, .d3single, .d9, .d11intake, .d11drain: .perSecond
        case .i2p50, .i2p99, .i2p999, .i3, .d4p50, .d4p99, .d5, .d7: .milliseconds
        case .i4, .d6: .mebibytes
        case .i5disk, .i5growth: .kibibytes
        case .d8batches, .d8single, .d8intake, .d11back: .seconds
        case .d8disk: .gibibytes
        case .d10lost, .d10dead, .d10replayed: .events
        }
    }

    package var goal: Goal {
        switch self {
        case .i1: Goal(.atLeast(36_000), ratio: .atLeast(0.4))
        case .i2p50, .d8batches, .d8single, .d8intake, .d8disk, .d11intake, .d11drain: Goal()
        case .i2p99: Goal(.atMost(6))
        case .i2p999: Goal(.atMost(20))
        case .i3: Goal(.atMost(0.35))
        case .i4: Goal(.atMost(256))
        case .i5disk: Goal(.atMost(4))
        case .i5growth: Goal(.atMost(1.6))
        case .i6: Goal(ratio: .atLeast(0.9))
        case .d1: Goal(.atLeast(15_000))
        case .d2: Goal(.atLeast(30_000))
        case .d3batches: Goal(.atLeast(90_000))
        case .d3single: Goal(.atLeast(20_000))
        case .d4p50: Goal(.atMost(1.5))
        case .d4p99: Goal(.atMost(5))
        case .d5: Goal(ratio: .atMost(2))
        case .d6: Goal(.atMost(96))
        case .d7: Goal(.atMost(1000))
        case .d9: Goal(.atLeast(1000))
        case .d10lost: Goal(.atMost(0))
        case .d10dead, .d10replayed: Goal(.atLeast(8))
        case .d11back: Goal(.atMost(61))
        }
    }
}
