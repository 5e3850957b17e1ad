package import RelayCore

/// What became of an event that was offered to the store.
package enum Acceptance: Sendable, Equatable {
    /// On stable storage.
    case stored(EventID)
    /// The same as an earlier one inside the window; recorded, on stable storage, not delivered.
    case duplicate(of: EventID)
    /// Not stored: say 503.
    case refused(Refusal)

    package enum Refusal: String, Sendable {
        /// Less free space than the reserve, or the file system said it is full.
        case diskFull = "disk_full"
        /// The store cannot write; the process is about to stop.
        case failed = "store_failed"
        /// More waits than the store can soon commit.
        case overloaded
        /// The relay is stopping.
        case stopping
    }
}
