import Platform
import RelayCore

/// A message whose stamp is known byte by byte.
enum Sample {
    static let id = EventID(sequence: 1_795_857_243_120 << EventID.counterBits, lineage: 1)
    static let receivedAt = Timestamp(milliseconds: 1_795_857_243_120)

    static func message(_ body: String, attempt: Int = 1, hook: String = "unanswered")
        -> OutgoingMessage
    {
        message(Array(body.utf8), attempt: attempt, hook: hook)
    }

    static func message(_ body: [UInt8], attempt: Int = 1, hook: String = "unanswered")
        -> OutgoingMessage
    {
        OutgoingMessage(
            id: id, receivedAt: receivedAt, source: "chatlio", hook: hook, attempt: attempt,
            body: body)
    }

    static func stamp(attempt: Int = 1, hook: String = "unanswered") -> String {
        #""holdfast":{"_id":"\#(id)","timestamp":"2026-11-28T09:14:03.120Z","#
            + #""source":"chatlio","hook":"\#(hook)","attempt":\#(attempt)}"#
    }

    static func text(_ request: PlatformRequest) -> String {
        String(decoding: request.body, as: UTF8.self)
    }
}
