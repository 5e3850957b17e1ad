/// Who goes first when there is not enough processor for all.
package enum WorkUrgency: Sendable {
    /// Somebody waits for the answer.
    case answering
    /// Housekeeping.
    case tidying
}
