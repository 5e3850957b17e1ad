import Foundation
import RelayCore
import RelayIntake
import Signing

/// A vendor's way of signing, written down a second time and plainly: how a right signature looks
/// and which requests are right.
struct SignedSender: Sendable {
    let name: String
    let scheme: SignatureScheme?
    let seeds: [String]
    /// The text that stands for `%S`.
    let sign: @Sendable (SignedRequest) -> String
    let accepts: @Sendable (SignedRequest) -> Bool

    static let all = [standardWebhooks, github, stripe, shopify, slack, hmac]

    static let secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    static let secrets = [Secret(text: secret)]
    static let fiveMinutes = Span.seconds(300)

    static func code(_ text: String, _ body: [UInt8], hash: HashFunction = .sha256) -> [UInt8] {
        key(Array(secret.utf8), hash)?.code(over: Array(text.utf8) + body) ?? []
    }

    static func key(_ bytes: [UInt8], _ hash: HashFunction) -> HMACKey? {
        HMACKey(Secret(bytes), hash: hash)
    }

    static func hex(_ code: [UInt8]) -> String {
        code.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    static func base64(_ code: [UInt8]) -> String { Data(code).base64EncodedString() }
}
