package import RelayCore

/// An event right after its commit.
package struct StoredEvent: Sendable {
    package let id: EventID
    package let event: NewEvent

    package func claim(destination: Int64) -> Claim {
        Claim(
            id: id, destination: destination, dueAtMs: 0, attempts: 0, source: event.route.source,
            hook: event.route.hook, receivedAt: event.receivedAt, lane: event.lane, replay: nil,
            body: event.body)
    }
}

/// Delivery's ear at the writer: an event that just arrived can be sent without being read back.
/// Called on the writer's queue, in the order of the commits; must hand over and return.
package protocol HandOver: AnyObject, Sendable {
    func stored(_ events: [StoredEvent])
}
