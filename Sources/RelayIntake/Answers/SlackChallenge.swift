import HTTPServer
import RelayCore

/// Slack's question whether a URL is ours: the challenge in a signed body goes back as it came. It
/// is a question about the address and no event, so it is answered and not stored.
enum SlackChallenge {
    private static let type = JSONPointer(tokens: ["type"])
    private static let challenge = JSONPointer(tokens: ["challenge"])

    /// Nil for every other body.
    static func answer(to body: [UInt8]) -> ServerResponse? {
        func member(_ pointer: JSONPointer) -> String? {
            JSONScanner.scan(body, extracting: pointer, depthLimit: Limits.jsonDepth).extracted
        }
        guard member(type) == "url_verification", let challenge = member(challenge) else {
            return nil
        }
        return ServerResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("X-Content-Type-Options", "nosniff"),
            ],
            body: Array(challenge.utf8))
    }
}
