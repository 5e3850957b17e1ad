import RelayCore
import Signing

/// One message of a request, with what is worked out before the world is locked.
struct Message: Sendable {
    let body: [UInt8]
    let sha256: SHA256Digest
    /// Of the relay's stamp, of an XDM entity, or of the message itself.
    let stampedID: String?

    init(_ body: [UInt8]) {
        self.body = body
        sha256 = SHA256.digest(body)
        stampedID = Self.identity(of: body)
    }

    private static let places = [
        JSONPointer(tokens: ["holdfast", "_id"]),
        JSONPointer(tokens: ["body", "xdmEntity", "_id"]),
        JSONPointer(tokens: ["body", "holdfast", "_id"]),
        JSONPointer(tokens: ["_id"]),
    ]

    private static func identity(of body: [UInt8]) -> String? {
        for place in places {
            if let id = JSONScanner.scan(body, extracting: place).extracted { return id }
        }
        return nil
    }
}
