import HTTPServer
import RelayCore

/// The request's headers as they are kept with the event: `name: value` lines, in order, with the
/// values of those that carry secrets masked.
enum ReceiptHeaders {
    private static let secretNames = [
        "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key",
        "x-auth-token", "x-access-token",
    ]

    static func encode(_ head: RequestHead) -> [UInt8] {
        head.headerLines(limitBytes: Limits.headBytes, masking: secretNames)
    }
}
