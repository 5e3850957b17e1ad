import HTTPServer
import RelayCore
import RelayIntake
import Signing
import Testing

/// The scheme whose parameters are all spelled out, one by one.
@Suite struct HMACSchemeTests {
    private let secret = Secret(text: "a key of some length")

    private func verifier(
        _ headers: SignatureScheme.Headers = .init(signature: "X-Signature"),
        _ notation: SignatureNotation = .init(encoding: .hex), content: [SignedPart] = [.body],
        hash: HashFunction = .sha256, time: SignedTime? = nil, idPointer: JSONPointer? = nil
    ) throws -> RequestVerifier {
        .signature(
            SignatureScheme(
                headers: [headers], notation: notation, content: content, time: time,
                idPointer: idPointer,
                keys: try #require(SigningKeys(secrets: [secret], hash: hash))))
    }

    private func code(_ text: String, _ hash: HashFunction = .sha256) throws -> [UInt8] {
        try #require(HMACKey(secret, hash: hash)).code(over: Array(text.utf8))
    }

    private func signature(_ value: String) -> [HeaderField] {
        [HeaderField(name: "x-signature", value: value)]
    }

    @Test(arguments: HashFunction.allCases)
    func `each hash makes codes of its own`(hash: HashFunction) throws {
        let body = Array("body".utf8)
        let hex = Hex.encode(try code("body", hash))
        for other in HashFunction.allCases {
            #expect(
                try verifier(hash: other).accepts(signature(hex), body) == (other == hash))
        }
    }

    @Test func `each encoding reads its own digits`() throws {
        let body = Array("body".utf8)
        let code = try code("body")
        let written: [(SignatureNotation.Encoding, String)] = [
            (.hex, Hex.encode(code)), (.base64, Base64.encode(code)),
            (.base64url, Base64.encode(code, alphabet: .urlSafe)),
            (.base64url, Base64.encode(code, alphabet: .urlSafe, padded: false)),
        ]
        for (encoding, text) in written {
            let notation = SignatureNotation(encoding: encoding)
            #expect(
                try verifier(.init(signature: "x-signature"), notation)
                    .accepts(signature(text), body))
        }
        let unpadded = Base64.encode(code, padded: false)
        #expect(
            !(try verifier(.init(signature: "x-signature"), .init(encoding: .base64))
                .accepts(signature(unpadded), body)))
    }

    @Test func `prefix, separator and element are taken as told`() throws {
        let body = Array("body".utf8)
        let hex = Hex.encode(try code("body"))
        let names = SignatureScheme.Headers(signature: "x-signature")
        let prefixed = SignatureNotation(prefix: "sig:", encoding: .hex)
        #expect(try verifier(names, prefixed).accepts(signature("sig:" + hex), body))
        #expect(!(try verifier(names, prefixed).accepts(signature(hex), body)))
        let listed = SignatureNotation(
            separator: .comma, element: .equals, versions: ["a", "b"], encoding: .hex)
        #expect(try verifier(names, listed).accepts(signature("a=00, b=\(hex) ,c=1"), body))
        #expect(!(try verifier(names, listed).accepts(signature("a=00,c=\(hex)"), body)))
        let bare = SignatureNotation(separator: .space, encoding: .hex)
        #expect(try verifier(names, bare).accepts(signature("00  \(hex)"), body))
        #expect(!(try verifier(names, bare).accepts(signature("00,\(hex)"), body)))
    }

    @Test func `the content is put together as told`() throws {
        let body = Array("body".utf8)
        let content: [SignedPart] = [
            .literal("v9|"), .header("X-Shop"), .literal("|"), .timestamp, .literal("|"), .body,
            .literal("|"), .id,
        ]
        let names = SignatureScheme.Headers(
            signature: "X-Signature", timestamp: "X-Time", id: "X-Id", type: "X-Type")
        let verifier = try verifier(
            names, content: content,
            time: SignedTime(unit: .milliseconds, tolerance: .seconds(10)))
        let hex = Hex.encode(try code("v9|lisboa|1760000000123|body|a.b"))
        let headers =
            signature(hex) + [
                HeaderField(name: "x-time", value: "1760000000123"),
                HeaderField(name: "x-shop", value: "lisboa"),
                HeaderField(name: "x-id", value: "a.b"),
                HeaderField(name: "X-TYPE", value: "made"),
            ]
        #expect(
            verifier.sender(headers, body)
                == VerifiedSender(deliveryID: "a.b", eventType: "made"))
        for index in 0..<4 {
            var fewer = headers
            fewer.remove(at: index)
            #expect(!verifier.accepts(fewer, body))
            #expect(!verifier.accepts(headers + [headers[index]], body))
        }
        #expect(verifier.accepts(headers, body, at: Vendor.now.adding(ms: 10_123)))
        #expect(!verifier.accepts(headers, body, at: Vendor.now.adding(ms: 10_124)))
    }

    @Test func `keys are read in the writing they come in`() {
        func key(_ encoding: KeyEncoding, _ text: String, prefix: String = "") -> [UInt8]? {
            encoding.decode(Secret(text: text), prefix: prefix)?.revealed
        }
        #expect(key(.text, "abc") == Array("abc".utf8))
        #expect(key(.text, "k_abc", prefix: "k_") == Array("abc".utf8))
        #expect(key(.hex, "0aFF") == [0x0A, 0xFF])
        #expect(key(.hex, "0aF") == nil)
        #expect(key(.base64, "AQI=") == [1, 2])
        #expect(key(.base64, "p_AQI", prefix: "p_") == [1, 2])
        #expect(key(.text, "k_", prefix: "k_") == nil)
        #expect(key(.hex, "") == nil)
    }
}
