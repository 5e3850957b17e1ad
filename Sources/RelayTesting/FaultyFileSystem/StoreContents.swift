import RelayCore
package import RelayStore

/// All that a store holds of its events, in memory: read from the tables it is what is there, and
/// changed by hand it is the model that says what must be there.
package struct StoreContents: Sendable, Equatable {
    package struct Event: Sendable, Equatable {
        package let source: Int64
        package let hook: Int64
        package let receivedAtMs: Int64
        package let sha256: [UInt8]
        package let deliveryID: String?
        package let duplicateOf: Int64?
        package let isParsable: Bool
        package let lane: String?
        package let body: [UInt8]

        package init(
            source: Int64, hook: Int64, receivedAtMs: Int64, sha256: [UInt8], deliveryID: String?,
            duplicateOf: Int64?, isParsable: Bool, lane: String?, body: [UInt8]
        ) {
            self.source = source
            self.hook = hook
            self.receivedAtMs = receivedAtMs
            self.sha256 = sha256
            self.deliveryID = deliveryID
            self.duplicateOf = duplicateOf
            self.isParsable = isParsable
            self.lane = lane
            self.body = body
        }

        package var isErased: Bool { sha256.allSatisfy { $0 == 0 } }

        var erased: Event {
            Event(
                source: source, hook: hook, receivedAtMs: receivedAtMs,
                sha256: [UInt8](repeating: 0, count: 32), deliveryID: nil,
                duplicateOf: duplicateOf, isParsable: isParsable, lane: nil, body: [])
        }

        /// The row of an event as it was offered; a repeat keeps no body of its own.
        package init(_ event: NewEvent, duplicateOf first: Int64?) {
            self.init(
                source: event.route.source, hook: event.route.hook,
                receivedAtMs: event.receivedAt.milliseconds, sha256: event.sha256,
                deliveryID: event.deliveryID, duplicateOf: first, isParsable: event.isParsable,
                lane: event.lane, body: first == nil ? event.body : [])
        }
    }

    /// Where a delivery stands.
    package enum Place: Sendable, Hashable {
        case queued(dueAtMs: Int64, attempts: Int)
        case delivered(atMs: Int64, attempts: Int)
        case dead(atMs: Int64, attempts: Int)
        case expired(atMs: Int64, attempts: Int)
        case discarded(atMs: Int64, attempts: Int)
    }

    package var events: [Int64: Event] = [:]
    package var deliveries: [DeliveryKey: Place] = [:]
    /// Rows of history by delivery; deliveries without any are left out.
    package var attempts: [DeliveryKey: Int] = [:]
    /// Held destinations, each with the end of its hold, ms; `.max`: until released.
    package var holds: [Int64: Int64] = [:]

    package init() {}

    /// In words, what `found` has otherwise than this. Empty: the same.
    package func differences(from found: StoreContents) -> [String] {
        var lines: [String] = []
        func compare<Key: Hashable & Sendable, Value: Equatable>(
            _ what: String, _ expected: [Key: Value], _ found: [Key: Value]
        ) {
            for key in Set(expected.keys).union(found.keys) where expected[key] != found[key] {
                let want = expected[key].map { "\($0)" }?.prefix(400) ?? "nothing"
                let have = found[key].map { "\($0)" }?.prefix(400) ?? "nothing"
                lines.append("\(what) \(key): expected \(want), found \(have)")
            }
        }
        compare("event", events, found.events)
        compare("delivery", deliveries, found.deliveries)
        compare("attempts of", attempts, found.attempts)
        compare("hold of", holds, found.holds)
        return lines
    }
}
