package import HTTPServer
import RelayCore
package import Signing

/// `Authorization: Basic …` and `Authorization: Bearer …` (RFC 7617, RFC 6750), with several
/// passwords or tokens at once.
package struct CredentialCheck: Sendable {
    package enum Scheme: String, Sendable { case basic, bearer }

    let scheme: Scheme
    /// Of all that follows the scheme's name: of the whole `user:password` for basic.
    private let digests: [SecretDigest]

    /// Nil when no password is left that is one.
    package init?(username: String, passwords: [Secret]) {
        let usable = passwords.filter { !$0.isEmpty }
        guard !usable.isEmpty else { return nil }
        scheme = .basic
        digests = usable.map { password in
            SecretDigest(of: Secret(Array("\(username):".utf8) + password.revealed))
        }
    }

    /// Nil when no token is left that is one.
    package init?(tokens: [Secret]) {
        let usable = tokens.filter { !$0.isEmpty }
        guard !usable.isEmpty else { return nil }
        scheme = .bearer
        digests = usable.map(SecretDigest.init(of:))
    }

    package func accepts(_ head: RequestHead) -> Bool {
        let values = head.values(of: "authorization")
        guard values.count == 1, let presented = credentials(in: values[0]) else { return false }
        let digest = SecretDigest(ofPresented: presented)
        return digests.reduce(false) { found, known in
            known.constantTimeEquals(digest) || found
        }
    }

    package var challenge: String {
        switch scheme {
        case .basic: "Basic realm=\"holdfast\", charset=\"UTF-8\""
        case .bearer: "Bearer realm=\"holdfast\""
        }
    }

    private func credentials(in value: String) -> [UInt8]? {
        let bytes = Array(value.utf8)
        let name = bytes.prefix { $0 != UInt8(ascii: " ") }
        guard String(decoding: name, as: UTF8.self).lowercased() == scheme.rawValue else {
            return nil
        }
        let rest = Array(bytes[name.endIndex...].drop { $0 == UInt8(ascii: " ") })
        guard !rest.isEmpty else { return nil }
        return scheme == .basic ? Base64.decode(rest) : rest
    }
}
