import Foundation
import RelayTesting

/// Everything that is written down of a round: by the sender, by the sinks, and what the relay's
/// store held whenever the relay was dead.
struct KillBooks {
    /// The end of one life of the relay.
    struct LifeEnd {
        /// As the kill, and a command beside it, left it.
        let store: StoreLeft
        /// When the last of the events acknowledged so far left the sender, ns; 0: there is none.
        let lastProofNs: Int64
    }

    var sent = SenderLedger()
    /// By destination, each in the order in which its sink wrote them down.
    var arrivals: [[Arrival]] = []
    /// By life; the first life is 1.
    var ends: [LifeEnd] = []
    /// What the store holds after the orderly end of the last life.
    var last = StoreLeft()
    /// Numbers of the events that a command may have sent again, by the life it ran beside.
    var replayed: [Int: Set<Int64>] = [:]
    /// Numbers of the events that a command may have given up or emptied.
    var givenUp: Set<Int64> = []
    /// The clock was set ahead: retention may have removed what was final.
    var mayForget = false
    /// By destination, how many events its requests in flight may hold between them.
    var underWayMost: [Int] = []

    static func key(_ id: String, _ destination: Int) -> String { "\(id) d\(destination)" }

    /// A command asked for it again after the end of one life and no later than beside another.
    func isReplayed(_ number: Int64, after life: Int, to last: Int) -> Bool {
        replayed.contains {
            $0.key > life && $0.key <= last && $0.value.contains(number)
        }
    }

    func isEverReplayed(_ number: Int64) -> Bool {
        replayed.values.contains { $0.contains(number) }
    }
}
