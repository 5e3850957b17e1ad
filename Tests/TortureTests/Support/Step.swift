import RelayTesting

/// One step of a schedule. It names things by number, whatever they are by then, so that a schedule
/// still means something after steps have been taken out of it.
enum Step: Sendable, Equatable {
    /// An event as a sender offers it.
    struct Offer: Sendable, Equatable {
        let route: Int
        let body: Int
        let bytes: Int
        let lane: Int?
        let deliveryID: Int?
        let isParsable: Bool
    }

    enum End: Sendable, Equatable {
        case delivered
        case retry(afterMs: Int64)
        case dead
        case expired(afterSending: Bool)
    }

    enum Fault: Sendable, Equatable {
        case sync, write, full, read, memory
        /// A read that finds the end of the file where there is none.
        case shortRead
    }

    /// Ends one of the deliveries that are due.
    struct Ending: Sendable, Equatable {
        let pick: Int
        let end: End
    }

    /// One group of the writer: one transaction.
    case group(offers: [Offer], endings: [Ending])
    /// A finish of something that has been finished before.
    case lateFinish(pick: Int)
    case hold(destination: Int, forMs: Int64?)
    case release(destination: Int)
    case discard(picks: [Int])
    case replay(picks: [Int])
    case prune
    /// Whoever sent this body wants it forgotten.
    case erase(body: Int)
    /// The disk is about to fail, or to be full, while it says that there is space.
    case failing(Fault, skipping: Int)
    /// It is about to do so while the process starts that comes after a kill.
    case failingStart(Fault, skipping: Int)
    case backup
    /// The last copy takes the place of the store.
    case restore
    case checkpoint(truncating: Bool)
    case wait(ms: Int64)
    /// A clean stop and start.
    case reopen
    /// The process is killed; the machine goes on.
    case kill
    /// The power goes between two operations.
    case cut
    /// It goes in the middle of a later one; `again` in the middle of starting up after it.
    case cutDuring(afterChanges: Int, again: Int?)
}
