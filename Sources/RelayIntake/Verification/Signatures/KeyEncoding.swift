package import Signing

/// How a secret is written where an operator copies it from.
package enum KeyEncoding: Sendable {
    case text, hex, base64

    /// The key itself; nil for a text that is not written so, or an empty key.
    package func decode(_ secret: Secret, prefix: String) -> Secret? {
        let written = secret.revealed
        let hasPrefix = written.starts(with: prefix.utf8)
        let digits = hasPrefix ? Array(written.dropFirst(prefix.utf8.count)) : written
        let key: [UInt8]? =
            switch self {
            case .text: digits
            case .hex: Hex.decode(digits)
            case .base64: Base64.decode(digits, padding: .lenient)
            }
        guard let key, !key.isEmpty else { return nil }
        return Secret(key)
    }
}
