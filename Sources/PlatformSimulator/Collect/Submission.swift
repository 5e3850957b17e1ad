import HTTPServer
import RelayCore

/// A request to the collection, read as far as it can be without knowing the inlet.
struct Submission: Sendable {
    enum Content: Sendable {
        /// Over the limit, or not JSON, or not sent as JSON; the reason in words.
        case unreadable(String)
        case messages([Message])
    }

    let request: ServerRequest
    let inletID: String
    let isBatch: Bool
    /// From the header, else from the query.
    let flowID: String?
    let wantsValidation: Bool
    let content: Content

    var head: RequestHead { request.head }

    init(_ request: ServerRequest, inletID: String, isBatch: Bool, bodyLimitBytes: Int) {
        self.request = request
        self.inletID = inletID
        self.isBatch = isBatch
        let query = request.head.query.map(FormFields.init)
        flowID = request.head.first("x-adobe-flow-id") ?? query?["x-adobe-flow-id"]
        let flag = query?["syncValidation"] ?? query?["synchronousValidation"]
        wantsValidation = flag?.lowercased() == "true"
        // A body over the limit is answered 413 whatever stands in it.
        content =
            request.body.count > bodyLimitBytes
            ? .unreadable("over the limit") : Self.read(request, isBatch: isBatch)
    }

    private static func read(_ request: ServerRequest, isBatch: Bool) -> Content {
        let type = request.head.first("content-type") ?? ""
        guard type.lowercased().hasPrefix("application/json") else {
            return .unreadable("Content-Type must be application/json")
        }
        switch JSONScanner.verdict(on: request.body) {
        case .tooDeep: return .unreadable("JSON is nested too deeply")
        case .invalid(let offset, _): return .unreadable("Invalid JSON at byte \(offset)")
        case .valid(let root):
            guard isBatch else { return .messages([Message(request.body)]) }
            guard root == .object, let messages = MessageSplitter.split(request.body) else {
                return .unreadable("The 'messages' field is mandatory and must be a list")
            }
            return .messages(messages.map(Message.init))
        }
    }
}
