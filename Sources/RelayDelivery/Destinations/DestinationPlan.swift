package import RelayCore

/// One destination as delivery needs to know it.
package struct DestinationPlan: Sendable {
    package let name: String
    /// In the store.
    package let number: Int64
    package let retry: RetryPolicy
    package let gate: DestinationGate.Settings
    package let courier: any Courier

    package init(
        name: String, number: Int64, retry: RetryPolicy, gate: DestinationGate.Settings,
        courier: any Courier
    ) {
        self.name = name
        self.number = number
        self.retry = retry
        self.gate = gate
        self.courier = courier
    }
}
