package import SQLite

/// The fault after which the process must stop and start again from the disk.
package struct StoreFailure: Error, Sendable, CustomStringConvertible {
    package let operation: String
    package let reason: SQLiteError?

    /// A change that came after the fault.
    package static let stopped = StoreFailure(operation: "change", reason: nil)

    package init(operation: String, reason: SQLiteError?) {
        self.operation = operation
        self.reason = reason
    }

    package var description: String {
        guard let reason else { return "\(operation): the store has stopped" }
        return "\(operation) failed: \(reason)"
    }
}
