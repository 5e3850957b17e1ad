package import RelayCore
import SQLite

extension StoreChanger {
    /// From here on this connection overwrites what it frees, also whole pages.
    package func beginErasure() throws {
        do {
            try ledger.connection.execute("PRAGMA secure_delete = ON;")
        } catch {
            throw file.storeError(error)
        }
    }

    /// One step: all of it is stored when this returns.
    package func erase(
        _ sequences: ArraySlice<Int64>, who: String, now: Timestamp
    ) throws -> ErasureReceipt {
        try transaction { ledger in
            try ledger.erase(
                sequences, destinations: try ledger.names(of: .destination).keys.sorted(),
                who: who, now: now)
        }
    }

    /// The same value where others quoted it.
    package func eraseText(
        _ text: ErasedText, who: String, now: Timestamp
    ) throws -> ErasureReceipt {
        guard !text.isEmpty else { return ErasureReceipt() }
        let traces: [TextTrace]
        let replays: [ReplayTrace]
        do {
            traces = try TextTrace.find(text, ledger.connection)
            replays = try ReplayTrace.find(text, ledger.connection)
        } catch {
            throw file.storeError(error)
        }
        var receipt = ErasureReceipt()
        receipt.messages = try transaction { try $0.eraseRemarks(text) }
        for replay in replays {
            receipt.replays += 1
            var discarded = StepLimits.rows
            while discarded == StepLimits.rows {
                discarded = try transaction { try $0.erase(replay, who: who, now: now) }
                receipt.discarded += discarded
            }
        }
        var rest = traces[...]
        while !rest.isEmpty {
            let step = rest.prefix(StepLimits.rows)
            receipt.messages += try transaction { try $0.eraseMessages(step) }
            rest = rest.dropFirst(step.count)
        }
        return receipt
    }

    /// Gives some free pages back to the file system; what stood in them goes with them.
    /// - Returns: how many are left.
    package func giveBackFreePages() throws -> Int {
        do {
            return try ledger.giveBackFreePages(limit: StepLimits.pages)
        } catch {
            throw file.failedWriting(error)
        }
    }

    /// Moves the whole log into the database and cuts it to nothing. False when readers or a
    /// writer were in the way: ask again in a moment.
    ///
    /// It holds the right to write while it waits for readers, so it must not wait for long.
    package func clearLog() throws -> Bool {
        let connection = ledger.connection
        do {
            // What can be moved beside the writer is not moved while it waits.
            _ = try connection.checkpoint(.passive)
            try connection.execute("PRAGMA busy_timeout = \(StepLimits.logWaitMs);")
            let result = try connection.checkpoint(.truncate)
            try connection.execute("PRAGMA busy_timeout = \(StoreFile.changeWaitMs);")
            return !result.busy
        } catch {
            throw file.failedWriting(error)
        }
    }

    /// Writes the whole database anew. Writers wait as long as it takes.
    package func rebuild() throws {
        do {
            try ledger.connection.execute("VACUUM")
        } catch {
            throw file.failedWriting(error)
        }
    }
}
