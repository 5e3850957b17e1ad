/// The body of a transaction went well, but its COMMIT did not: nothing of it is stored.
///
/// Told apart from an error of the body because after a failed sync the whole process must stop,
/// while a failed body concerns only its own work.
package struct CommitFailure: Error, Sendable, CustomStringConvertible {
    package let underlying: SQLiteError

    package init(underlying: SQLiteError) { self.underlying = underlying }

    package var description: String { "commit failed: \(underlying)" }
}
