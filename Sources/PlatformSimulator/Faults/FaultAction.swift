import HTTPServer

/// What happens to a request that a rule caught.
struct FaultAction: Sendable {
    /// Replaces the answer.
    var status: Int?
    var body: [UInt8]?
    var headers: [(String, String)] = []
    var delayMs = 0
    var manner = Reply.Manner.whole
    /// Whether the request takes effect all the same.
    var isProcessed = true
    /// The answer's body becomes bytes without meaning, in whole HTTP.
    var hasGarbageBody = false
    /// Refuses single messages of a batch.
    var elements: ElementFault?
    /// As the settings of that name, for this request.
    var responseCountSkew: Int?
    var dialect: Dialect?

    func mangle(_ reply: Reply) -> Reply {
        var reply = reply
        if let status {
            reply.response.status = status
            reply.response.headers = headers
            reply.response.body = body ?? []
            if body != nil, !headers.contains(where: { $0.0.lowercased() == "content-type" }) {
                reply.response.headers.append(contentsOf: Reply.jsonHeaders)
            }
        } else {
            if let body { reply.response.body = body }
            reply.response.headers.append(contentsOf: headers)
        }
        if hasGarbageBody { reply.response.body = Garbage.bytes }
        reply.delayMs = delayMs
        reply.manner = manner
        return reply
    }
}
