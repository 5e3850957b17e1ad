import HTTPServer

/// The request's headers as they are kept with the event: `name: value` lines, in order, with the
/// values of those that carry secrets masked.
enum ReceiptHeaders {
    private static let secret: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key",
        "x-auth-token", "x-access-token",
    ]

    static func encode(_ head: RequestHead) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        for field in head.headers {
            bytes += field.name.utf8
            bytes.append(UInt8(ascii: ":"))
            bytes.append(UInt8(ascii: " "))
            if secret.contains(field.name.lowercased()) {
                bytes += "***".utf8
            } else {
                bytes += field.value.utf8
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}
