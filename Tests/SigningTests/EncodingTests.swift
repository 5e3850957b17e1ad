import Signing
import Testing

/// RFC 4648 section 10, and what must not be read.
@Suite struct EncodingTests {
    static let published = [
        ("", "", ""), ("f", "66", "Zg=="), ("fo", "666f", "Zm8="), ("foo", "666f6f", "Zm9v"),
        ("foob", "666f6f62", "Zm9vYg=="), ("fooba", "666f6f6261", "Zm9vYmE="),
        ("foobar", "666f6f626172", "Zm9vYmFy"),
    ]

    @Test(arguments: published)
    func `the published encodings come out`(text: String, hex: String, base64: String) {
        let bytes = Array(text.utf8)
        let bare = String(base64.prefix { $0 != "=" })
        #expect(Hex.encode(bytes) == hex)
        #expect(Hex.decode(hex) == bytes)
        #expect(Base64.encode(bytes) == base64)
        #expect(Base64.decode(base64) == bytes)
        #expect(Base64.encode(bytes, padded: false) == bare)
        #expect(Base64.decode(bare, padding: .none) == bytes)
        #expect(Base64.decode(bare, padding: .lenient) == bytes)
        #expect(Base64.decode(base64, padding: .lenient) == bytes)
        #expect(Base64.decode(base64, alphabet: .urlSafe) == bytes)
    }

    @Test func `every byte goes through every encoding and back`() {
        for length in 0...258 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ length) }
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
            for alphabet in [Base64.Alphabet.standard, .urlSafe] {
                let padded = Base64.encode(bytes, alphabet: alphabet)
                let bare = Base64.encode(bytes, alphabet: alphabet, padded: false)
                #expect(Base64.decode(padded, alphabet: alphabet) == bytes)
                #expect(Base64.decode(bare, alphabet: alphabet, padding: .none) == bytes)
            }
        }
    }

    @Test func `the two alphabets differ in the last two digits only`() {
        #expect(Base64.encode([0xfb, 0xff]) == "+/8=")
        #expect(Base64.encode([0xfb, 0xff], alphabet: .urlSafe) == "-_8=")
        #expect(Base64.decode("+/8=", alphabet: .urlSafe) == nil)
        #expect(Base64.decode("-_8=") == nil)
    }

    @Test(arguments: ["0", "abc", "0g", "g0", " 00", "00 ", "0x", "\n0", "é", "０0"])
    func `malformed hexadecimal is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test(
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Z===", "====", "=", "==", "Zg==Zg==", "Zm=v", "Zm9v=",
            "Zm9v==", "Zm9v====", " Zm9v", "Zm9v\n", "Zm 9v", "Zm9*", "Zm9é", "Zh==",
            "Zm9=",
        ])
    func `malformed base64 is refused when padding is required`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Z", "Zg=", "Zg===", "=", "====", "Zm9v=", "Zm9v====", "Zm 9v", "Zm=v"])
    func `malformed base64 is refused in the lenient reading too`(text: String) {
        #expect(Base64.decode(text, padding: .lenient) == nil)
    }

    @Test func `only the lenient reading overlooks unused bits`() {
        #expect(Base64.decode("Zh==", padding: .lenient) == [0x66])
        #expect(Base64.decode("Zh", padding: .none) == nil)
        #expect(Base64.decode("Zg==", padding: .none) == nil)
    }

    @Test func `text may be given as bytes or as part of a string`() {
        #expect(Hex.decode(Array("6f".utf8)) == [0x6f])
        #expect(Base64.decode("whsec_Zm9v".dropFirst(6)) == Array("foo".utf8))
        #expect(Base64.decode([0xff, 0xfe, 0x80, 0x00]) == nil)
        #expect(Base64.decode("Zm9v\0") == nil)
        #expect(Hex.decode("66\0") == nil)
        #expect(Hex.decode("666\0") == nil)
    }
}
