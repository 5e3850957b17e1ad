package import RelayCore
package import RelayRuntime

/// What stands between one destination and its deliveries at the moment, for the metrics.
package struct GateReading: Sendable {
    package let destination: String
    /// Nil: open.
    package let block: DestinationGate.Block?
    /// It asked for a pause, and nothing goes out meanwhile.
    package let isPausing: Bool
    /// By the operator, whatever else is the case.
    package let isHeld: Bool
    package let window: Int
    package let requestsInFlight: Int
    package let deliveriesInFlight: Int
    /// Requests that may go at once under `ratePerSecond`; nil: no such limit.
    package let rateTokens: Double?
    /// Nil: no access token is needed, or there is none.
    package let tokenExpiresAt: Timestamp?
}

extension GateReading {
    package static func families(_ readings: [GateReading], now: Timestamp) -> [MetricFamily] {
        func gauge(
            _ name: String, _ help: String, _ value: (GateReading) -> MetricFamily.Value?
        ) -> MetricFamily {
            .gauge(
                name, help,
                readings.compactMap { reading in
                    value(reading).map { .init([(.destination, reading.destination)], $0) }
                })
        }
        func flag(_ isTrue: Bool) -> MetricFamily.Value { .whole(isTrue ? 1 : 0) }
        return [
            gauge("holdfast_destination_open", "1 while events may go out.") {
                flag($0.block == nil && !$0.isPausing && !$0.isHeld)
            },
            gauge("holdfast_destination_held", "1 while an operator holds it.") {
                flag($0.isHeld)
            },
            gauge(
                "holdfast_destination_resting", "1 while it cannot be reached or asked for a pause."
            ) {
                flag($0.block == .resting || $0.isPausing)
            },
            gauge(
                "holdfast_destination_credential_refused",
                "1 while it does not accept our credentials."
            ) { flag($0.block == .credential) },
            gauge(
                "holdfast_destination_address_refused",
                "1 while it does not know us or the address."
            ) { flag($0.block == .refused) },
            gauge("holdfast_destination_window", "Requests that may be out at once.") {
                .whole(Int64($0.window))
            },
            gauge("holdfast_destination_requests_in_flight", "Requests that are out.") {
                .whole(Int64($0.requestsInFlight))
            },
            gauge(
                "holdfast_destination_rate_tokens",
                "Requests that may go at once under ratePerSecond, where one is set."
            ) { $0.rateTokens.map { .real($0) } },
            gauge(
                "holdfast_destination_token_life_seconds",
                "How long the access token is still valid, where one is needed."
            ) { reading in
                reading.tokenExpiresAt.map {
                    .real(Double(max(0, $0.millisecondsSince(now))) / 1000)
                }
            },
        ]
    }
}
