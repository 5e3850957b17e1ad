import RelayRuntime
import RelayStore

/// What lay beside the store before this start touched it.
struct StoreFindings {
    private let path: String
    private let hasLostLog: Bool
    private let hasGivenUpLog: Bool
    private let unreadable: String?

    init(_ file: StoreFile) {
        path = file.path
        hasLostLog = file.hasLostLog
        hasGivenUpLog = !file.isMarked && !file.hasLog && file.hasGivenUpLog
        unreadable = file.hasUnreadableMark ? file.unreadablePath : nil
    }

    func tell(_ log: Log) {
        if hasLostLog {
            log.warning(
                "the last run did not stop in good order, and another program has taken its log "
                    + "away or emptied it since; the newest event is there", ["file": .text(path)])
        }
        if hasGivenUpLog {
            log.warning(
                "the log of the last run was given up: holds, discards and records of deliveries "
                    + "of its last minutes may be undone", ["file": .text(path)])
        }
        if let unreadable {
            // One of the last relay's is replaced by ours.
            let advice = unreadable.hasSuffix("-lost") ? "; delete it when you have read this" : ""
            log.warning(
                "what the last run has left beside the store says nothing: whether events are "
                    + "missing cannot be told" + advice, ["file": .text(unreadable)])
        }
    }
}
