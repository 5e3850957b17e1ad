package import SQLite

/// The fault after which the process must stop and start again from the disk.
package struct StoreFailure: Error, Sendable, CustomStringConvertible {
    package let operation: String
    package let reason: SQLiteError?
    /// Whether the next start finds that it must not trust the system's memory.
    package var isNoted = true

    /// A change that came after the fault.
    package static let stopped = StoreFailure(operation: "the store has stopped", reason: nil)

    package init(operation: String, reason: SQLiteError?) {
        self.operation = operation
        self.reason = reason
    }

    package var description: String {
        guard let reason else { return operation }
        let advice = StoreError.advice(for: reason).map { ": \($0)" } ?? ""
        // Only after a failed write or sync does the next start rest on the note.
        let note = isNoted || !reason.isIOFailure ? "" : "; " + StoreError.noNote
        return "\(operation) failed\(advice): \(reason)\(note)"
    }
}
