import RelayCore
import SQLite

/// The mark of a store on which a relay runs. Confined to the writer's queue.
///
/// Each commit of events writes over its line, and only some lines are synced: a power cut may
/// leave any of those since the last one. So retention takes no event from the one of that line on:
/// a mark whose event is gone would speak against the store.
final class RunningMark {
    private let ledger: Ledger
    private let file: LineFile
    private let index: Int64
    private var syncedNewest: Int64

    /// The last step of a start, when the log is there under a name that outlives a power cut. Nil
    /// where there is no room for it, or something that cannot be replaced has its name: then the
    /// store is as safe as with it, and nobody watches its log.
    init?(_ store: StoreFile, _ ledger: Ledger) {
        guard store.vfs == nil else { return nil }
        let index = store.index
        let line = StoreMark(ledger, index: index).line
        guard let file = LineFile(path: store.markPath, in: store.directory, line: line) else {
            _ = store.unmark()
            return nil
        }
        self.ledger = ledger
        self.file = file
        self.index = index
        syncedNewest = ledger.lastSequence
        if store.hasGivenUpLog { _ = Volume.remove(store.lastWordPath) }
    }

    /// After a commit and the answers that rest on it. Where the file cannot be written, an earlier
    /// line stays, which is as good.
    func note() { _ = file.write(line) }

    /// At the beginning of a round of retention: the sequence from which on events stay.
    func renew() -> Int64 {
        if file.write(line), file.sync() { syncedNewest = ledger.lastSequence }
        return syncedNewest
    }

    private var line: String { StoreMark(ledger, index: index).line }
}
