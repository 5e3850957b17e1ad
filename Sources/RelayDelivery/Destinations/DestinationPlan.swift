package import RelayCore

/// One destination as delivery needs to know it.
package struct DestinationPlan: Sendable {
    package let name: String
    /// In the store.
    package let number: Int64
    package let retry: RetryPolicy
    package let gate: DestinationGate.Settings
    package let courier: any Courier
    /// Sources whose lanes wait behind a dead letter until the operator has dealt with it.
    package let blockingSources: Set<Int64>

    package init(
        name: String, number: Int64, retry: RetryPolicy, gate: DestinationGate.Settings,
        courier: any Courier, blockingSources: Set<Int64> = []
    ) {
        self.name = name
        self.number = number
        self.retry = retry
        self.gate = gate
        self.courier = courier
        self.blockingSources = blockingSources
    }

    /// No due time lies further ahead than this, unless the clock has gone back.
    var longestWaitMs: Int64 { retry.capMs + retry.retryAfterCapMs }
}
