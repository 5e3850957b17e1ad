package import RelayCore
import SQLite

/// Small changes an operator makes beside a running relay, each one transaction. The relay sees
/// them within a second, because the database says that somebody else has written.
package final class StoreChanger {
    let ledger: Ledger
    let file: StoreFile
    private let names: NameTable

    /// Never makes and never migrates a database: that is found out by reading first.
    package init(file: StoreFile, now: Timestamp) throws(StoreError) {
        self.file = file
        let reader = try StoreReader(file: file)
        names = reader.names
        reader.close()
        ledger = try Ledger(file: file, now: now)
    }

    /// What is missing since the last relay, if this is the first to find it.
    package var loss: KnownLoss? { ledger.loss }

    package func close() { file.close(ledger.connection) }

    /// Stops sending to a destination, until a time or until it is released. A hold that stands is
    /// replaced. Throws `UnknownName`.
    package func hold(
        _ destination: String, until: Timestamp?, reason: String, now: Timestamp
    ) throws {
        try change(destination) { ledger, number in
            try ledger.hold(number, at: now, until: until, reason: reason)
        }
    }

    /// Ends a hold, and any resting or refused state of a running relay. True when there was a
    /// hold. Throws `UnknownName`.
    package func release(_ destination: String, now: Timestamp) throws -> Bool {
        try change(destination) { ledger, number in try ledger.release(number, at: now) }
    }

    private func change<T>(
        _ destination: String, _ body: (Ledger, _ number: Int64) throws -> T
    ) throws -> T {
        let number = try names.number(destination, kind: .destination)
        return try transaction { try body($0, number) }
    }

    /// One step of a change that may have many.
    func transaction<T>(_ body: (Ledger) throws -> T) throws(StoreError) -> T {
        do {
            return try ledger.transaction(body)
        } catch {
            throw file.failedWriting(error)
        }
    }

    /// Between the steps of a long change while no relay runs, so that the log does not grow with
    /// it; beside a relay it only helps along.
    package func tidyLog() {
        do {
            _ = try ledger.connection.checkpoint(.passive)
        } catch {
            _ = file.failedWriting(error)
        }
    }
}
