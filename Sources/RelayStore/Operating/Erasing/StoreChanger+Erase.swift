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
        guard !text.needles.isEmpty else { return ErasureReceipt() }
        let traces: [TextTrace]
        do {
            traces = try TextTrace.find(text, ledger.connection)
        } catch {
            throw file.storeError(error)
        }
        var receipt = try transaction { try $0.eraseWords(text, who: who, now: now) }
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
            throw file.storeError(error)
        }
    }

    /// Moves the whole log into the database and cuts it to nothing. False when readers or a
    /// writer were in the way for as long as the busy timeout: ask again.
    package func clearLog() throws -> Bool {
        do {
            return try !ledger.connection.checkpoint(.truncate).busy
        } catch {
            throw file.storeError(error)
        }
    }

    /// Writes the whole database anew. Writers wait as long as it takes.
    package func rebuild() throws {
        do {
            try ledger.connection.execute("VACUUM")
        } catch {
            throw file.storeError(error)
        }
    }
}
