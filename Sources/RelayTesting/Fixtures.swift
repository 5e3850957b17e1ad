package import RelayCore
package import RelayStore
import Signing

/// One place that builds each thing, with a default for all that a test does not care about.
package enum Fixtures {
    /// Chatlio's shape for a started conversation, in its smallest form.
    package static let chat = Array(
        #"{"visitor":{"email":"ana@example.org","UUID":"4b1e07c2"},"message":"Hello?"}"#.utf8)

    package static func event(
        route: Route, at time: Timestamp = ManualClock.start, body: [UInt8] = chat,
        deliveryID: String? = nil, lane: String? = nil, isParsable: Bool = true
    ) -> NewEvent {
        NewEvent(
            route: route, receivedAt: time, remoteAddress: "192.0.2.1",
            query: nil, headers: Array("content-type: application/json\n".utf8), body: body,
            sha256: SHA256.digest(body).bytes, deliveryID: deliveryID, lane: lane,
            isParsable: isParsable)
    }

    /// A body that differs from every other with another number.
    package static func body(_ number: Int) -> [UInt8] {
        Array(#"{"message":"number \#(number)"}"#.utf8)
    }

    package static func attempt(
        status: Int? = 200, errorClass: ErrorClass? = nil, message: String? = nil,
        at time: Timestamp = ManualClock.start
    ) -> Attempt {
        Attempt(
            startedAt: time, durationMs: 12, status: status, errorClass: errorClass,
            message: message, tracer: errorClass == nil ? "1700000000000:7186:152" : nil)
    }
}
