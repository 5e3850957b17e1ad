import RelayCore
import Testing

/// Cases in the manner of JSONTestSuite: what must be accepted, what must be refused, and what the
/// grammar leaves to us.
struct JSONGrammarTests {
    static let accepted: [String] = [
        "[]", "{}", "[ ]", "{ }", "0", "-0", "1", "-1", "1.5", "-0.25", "1e5", "1E+5", "1e-5",
        "0e0", "0.0e-0", "12345678901234567890123", "1.10", "true", "false", "null", "\"\"",
        "\"a\"", " [1] ", "\t\r\n[1]\r\n\t ", "[1,2,3]", "[[],[[]],{}]", "{\"a\":1}",
        "{\"a\":1,\"a\":2}", "{\"\":0}", "{\"a\":{\"b\":[{\"c\":null}]}}", "[\"\\u0000\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\uD83D\\uDE00\"]", "[\"\\u00e9\\u00E9\"]",
        "[\"\u{7F}\"]", "[\"é€😀\"]", "[\"\u{FFFF}\u{10FFFF}\"]", "[\"\u{2028}\"]",
        "[\"//no comment\"]", "[ 1 , 2 ]", "{ \"a\" : 1 , \"b\" : [ ] }", "[1e400]",
        "[123.456e78]", "[null,1,\"1\",{}]", "[\"a\u{FEFF}b\"]",
    ]

    static let refused: [String] = [
        "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1:2]",
        "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{a:1}",
        "{'a':1}", "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{\"a\":1]", "[1}",
        "{\"a\"::1}", "{\"a\",1}", "{null:1}", "[1]]", "[1]x", "1 2", "{} {}", "[]\u{0}",
        "01", "-01", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "1e1.5", "0x1", "1_000", "--1",
        "Infinity", "NaN", "-Infinity", "1a", "[-]", "[1.2.3]", "[0e+-1]", "[- 1]", "[\u{FF11}]",
        "tru", "truE", "True", "nul", "nulll", "falsee", "t", "[tru]", "[true false]",
        "\"", "\"a", "\"\\", "\"\\u", "\"\\u00", "\"\\u00g0\"", "\"\\x41\"", "\"\\ \"", "\"\\a\"",
        "\"\\U0041\"", "\"\t\"", "\"\n\"", "\"\u{0}\"", "\"\u{1F}\"", "'a'", "[\"a\",\n4,\n1,",
        "/**/1", "1//c", "[1]//", "#", "\u{FEFF}1", "\u{A0}1", "1\u{C}", "\u{B}1", "[\u{2060}]",
        "<null>", "[*]", "\\", "\"a\"b", "é",
    ]

    static let malformedUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80],
        [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xE2, 0x82, 0x41], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        [0xF0, 0x9F, 0x98, 0x41], [0xE9],
    ]

    @Test(arguments: accepted)
    func `the grammar's texts are valid for scanner and parser`(text: String) throws {
        let bytes = Array(text.utf8)
        guard case .valid = JSONScanner.verdict(on: bytes) else {
            Issue.record("refused: \(text)")
            return
        }
        _ = try JSONValue.parse(bytes)
    }

    @Test(arguments: refused)
    func `everything else is invalid for scanner and parser`(text: String) {
        let bytes = Array(text.utf8)
        if case .valid = JSONScanner.verdict(on: bytes) { Issue.record("accepted: \(text)") }
        #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
    }

    @Test(arguments: malformedUTF8, 0...9)
    func `malformed UTF-8 is refused wherever it stands in a string`(bytes: [UInt8], at: Int) {
        let padding = Array(repeating: UInt8(ascii: "a"), count: at)
        let text = Array("[\"".utf8) + padding + bytes + padding + Array("\"]".utf8)
        guard case .invalid(_, .badUTF8) = JSONScanner.verdict(on: text) else {
            Issue.record("accepted \(bytes)")
            return
        }
    }

    @Test func `each byte that ends a plain run is seen at each place of a word`() {
        for place in 0..<24 {
            for byte in UInt8.min...UInt8.max {
                var text = Array("\"aaaaaaaaaaaaaaaaaaaaaaaa\"".utf8)
                text[place + 1] = byte
                let isPlain =
                    (0x20..<0x80).contains(byte)
                    && ![UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(byte)
                #expect(
                    (JSONScanner.verdict(on: text) == .valid(.scalar)) == isPlain,
                    "byte \(byte) at \(place)")
            }
        }
    }

    @Test func `a byte order mark is named as such`() {
        #expect(
            JSONScanner.verdict(on: [0xEF, 0xBB, 0xBF] + Array("{}".utf8))
                == .invalid(offset: 0, reason: .byteOrderMark))
    }

    @Test func `a lone surrogate escape is valid and reads as the replacement character`() throws {
        for text in [
            "[\"\\ud800\"]", "[\"\\udc00\"]", "[\"\\ud800\\u0041\"]", "[\"\\ud800\\ud800\"]",
        ] {
            #expect(JSONScanner.verdict(on: Array(text.utf8)) == .valid(.array))
        }
        #expect(try JSONValue.parse("[\"\\ud800x\"]")[0]?.string == "\u{FFFD}x")
        #expect(try JSONValue.parse("\"\\ud800\\u0041\"").string == "\u{FFFD}A")
        #expect(try JSONValue.parse("\"\\ud800\\ud83d\\ude00\"").string == "\u{FFFD}😀")
    }

    @Test func `the verdict names the kind of the root`() {
        #expect(JSONScanner.verdict(on: Array(" {}".utf8)) == .valid(.object))
        #expect(JSONScanner.verdict(on: Array("[] ".utf8)) == .valid(.array))
        #expect(JSONScanner.verdict(on: Array("\n7".utf8)) == .valid(.scalar))
    }

    @Test(
        arguments: [
            ("", 0, JSONError.Reason.empty), ("  ", 2, .empty), ("{\"a\":tru}", 8, .badLiteral),
            ("[1,]", 3, .unexpectedByte), ("[1", 2, .unexpectedEnd), ("[1] x", 4, .trailingBytes),
            ("\"a\u{1}\"", 2, .controlCharacter), ("\"\\x\"", 2, .badEscape),
            ("[-a]", 2, .badNumber),
        ])
    func `an invalid text is reported with place and reason`(
        text: String, offset: Int, reason: JSONError.Reason
    ) {
        #expect(
            JSONScanner.verdict(on: Array(text.utf8)) == .invalid(offset: offset, reason: reason))
        #expect(throws: JSONError(offset: offset, reason: reason)) { try JSONValue.parse(text) }
    }
}
