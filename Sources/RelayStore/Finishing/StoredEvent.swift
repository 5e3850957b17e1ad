package import RelayCore

/// An event right after its commit.
package struct StoredEvent: Sendable {
    package let id: EventID
    package let event: NewEvent

    package func claim(destination: Int64) -> Claim {
        Claim(
            id: id, destination: destination, dueAtMs: 0, attempts: 0, source: event.route.source,
            hook: event.route.hook, receivedAt: event.receivedAt, lane: event.lane, replay: nil,
            body: event.body, trace: event.trace)
    }
}
