/// What became of a group of finishes.
package enum FinishReceipt: Sendable {
    /// Committed; `false` for each row that was no longer as claimed and so was left alone.
    case recorded(changed: [Bool])
    /// Not committed (disk full, database locked by a long change, store stopped): the rows are
    /// still in the queue and the caller decides when to try again.
    case notRecorded
}
