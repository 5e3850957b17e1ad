package import Signing

/// HMAC-SHA256 over the exact bytes of a request. Platform's documentation leaves the text form of
/// the code open, so it is a setting.
package struct BodySigning: Sendable {
    package enum Encoding: String, Sendable, CaseIterable {
        case hex, base64
    }

    /// What Adobe's pages call it.
    package static let usualHeaderName = "x-hmac-sha256"

    let headerName: String
    private let key: HMACKey
    private let encoding: Encoding

    /// nil for an empty secret.
    package init?(
        secret: Secret, encoding: Encoding, headerName: String = BodySigning.usualHeaderName
    ) {
        self.headerName = headerName
        guard let key = HMACKey(secret, hash: .sha256) else { return nil }
        self.key = key
        self.encoding = encoding
    }

    func headerLine(over body: [UInt8]) -> String {
        let code = key.code(over: body)
        let text =
            switch encoding {
            case .hex: Hex.encode(code)
            case .base64: Base64.encode(code)
            }
        return "\(headerName): \(text)"
    }
}
