import HTTPClient
import RelayCore

/// A request as a destination reads it, independently of the code that wrote it.
struct Letter: Sendable {
    struct Message: Sendable {
        /// The stamp's `_id`.
        let id: EventID
        let attempt: Int
        /// What the sender sent, without the stamp.
        let body: JSONValue

        var number: Int { Int(body["n"]?.int64 ?? -1) }
    }

    let isToken: Bool
    let isBatch: Bool
    let path: String
    let query: String?
    let messages: [Message]

    init(_ request: ClientRequest) throws(World.Finding) {
        let address = request.url.split(separator: "://", maxSplits: 1)[1]
        let target = address.drop { $0 != "/" }.split(separator: "?", maxSplits: 1)
        path = String(target[0])
        query = target.count > 1 ? String(target[1]) : nil
        isToken = path.hasPrefix("/ims/")
        isBatch = path.contains("/batch/")
        guard !isToken else {
            messages = []
            return
        }
        guard let parsed = try? JSONValue.parse(request.body) else {
            throw World.Finding("a request that is not JSON")
        }
        let parts = isBatch ? parsed["messages"]?.array ?? [] : [parsed]
        var messages: [Message] = []
        for part in parts { messages.append(try Self.message(part)) }
        self.messages = messages
    }

    static func host(of url: String) -> String {
        String(url.split(separator: "://", maxSplits: 1)[1].prefix { $0 != "/" })
    }

    private static func message(_ part: JSONValue) throws(World.Finding) -> Message {
        guard let stamp = part["holdfast"], let object = part.object,
            let id = stamp["_id"]?.string.flatMap({ EventID($0) }),
            let attempt = stamp["attempt"]?.int64
        else { throw World.Finding("a message without a stamp: \(part)") }
        let rest = JSONObject(object.members.filter { $0.key != "holdfast" })
        return Message(id: id, attempt: Int(attempt), body: .object(rest))
    }
}
