package import RelayCore

/// The store on one screen.
package struct StoreStatus: Sendable {
    package let at: Timestamp
    package let counts: StateCounts
    package let oldestReceivedAt: Timestamp?
    /// Means over the last minute, or over the part of it that was looked at.
    package let arrivalsPerSecond: Double
    package let deliveriesPerSecond: Double
    package let destinations: [DestinationStatus]
    /// Nil when no relay has run on this store.
    package let disk: DiskStatus?
    /// Deliveries that the relay has found missing at some start.
    package let missing: Int64

    package var json: JSONObject {
        var object = JSONObject()
        object.append("at", at)
        object.append("counts", .object(counts.json))
        object.append("oldestQueuedSeconds", oldestReceivedAt?.wholeSeconds(before: at))
        object.append("arrivalsPerSecond", StoreStatus.rounded(arrivalsPerSecond))
        object.append("deliveriesPerSecond", StoreStatus.rounded(deliveriesPerSecond))
        if missing > 0 { object.append("missing", .integer(missing)) }
        if let disk { object.append("disk", .object(disk.json)) }
        object.append(
            "destinations", .array(destinations.map { .object($0.json(now: at)) }))
        return object
    }

    private static func rounded(_ rate: Double) -> JSONValue {
        JSONNumber((rate * 100).rounded() / 100).map(JSONValue.number) ?? .integer(0)
    }
}
