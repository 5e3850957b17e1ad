package import RelayCore

/// What stands in the store for one destination, for the metrics.
package struct DestinationDepth: Sendable {
    package let name: String
    package let counts: StateCounts
    /// Of the oldest delivery that waits.
    package let oldestReceivedAt: Timestamp?
    /// Since when the delivery that is due first has been due; it may lie ahead. Nil: none waits.
    package let dueAt: Timestamp?
    /// What retention has removed since the store was made, by final state.
    package let pruned: StateCounts
}
