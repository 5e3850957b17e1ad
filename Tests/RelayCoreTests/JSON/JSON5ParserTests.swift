import RelayCore
import Testing

struct JSON5ParserTests {
    @Test(
        arguments: [
            ("{}", "{}"), ("{a:1,}", "{\"a\":1}"), ("[1,2,]", "[1,2]"), ("'it\\'s'", "\"it's\""),
            ("{$k_1:'x', \"q r\":\"y\", 'z':[],}", "{\"$k_1\":\"x\",\"q r\":\"y\",\"z\":[]}"),
            ("// c\n[1 /* two */, // three\n 4]", "[1,4]"),
            (
                "[.5,5.,+7,-.25,0x1F,-0xa,1e3,5.e1]",
                "[0.5,5,7,-0.25,31,-10,1e3,5e1]"
            ),
            ("\"a\\\nb\\x41\\u00e9\\0\\v\\ud83d\\ude00\\q\"", "\"abAé\\u0000\\u000b😀q\""),
            ("\u{FEFF}\u{A0}true", "true"), ("{b:1,a:2,b:3}", "{\"b\":1,\"a\":2,\"b\":3}"),
            ("12345678901234567890", "12345678901234567890"), ("{größe:1}", "{\"größe\":1}"),
            ("\"https://x/y//z\"", "\"https://x/y//z\""), ("null", "null"),
        ])
    func `what json5 adds to JSON is read`(text: String, expected: String) throws {
        #expect(try JSON5Parser.parse(Array(text.utf8)).description == expected)
    }

    @Test(
        arguments: [
            ("{\n  a: 1\n  b: 2\n}", 3, 3, "a comma or “}” was expected, not “b”"),
            ("{a 1}", 1, 4, "a : was expected after a"),
            ("{\n a: yes }", 2, 5, "yes is no value; strings stand in quotes"),
            ("{ a: 'x\n' }", 1, 6, "this string is not closed on its line"),
            ("{\r\n  a: 01 }", 2, 6, "01 is no number"),
            (
                "[1, Infinity]", 1, 5,
                "Infinity is no value; strings stand in quotes"
            ),
            ("{a:1", 1, 1, "this is never closed"), ("{a:1,", 1, 1, "this { is never closed"),
            ("[", 1, 1, "this [ is never closed"), ("/* x", 1, 1, "this comment is never closed"),
            ("{a:1} x", 1, 7, "something follows the end of the value"),
            ("", 1, 1, "the text ends where a value was expected"),
            ("{,}", 1, 2, "a key was expected, not “,”"),
            (
                "[,]", 1, 2,
                "a value was expected, not “,”"
            ),
            ("'\\u12'", 1, 2, "this escape needs 4 hexadecimal digits"),
            ("'\\ud800'", 1, 2, "half of a surrogate pair"), ("0x", 1, 1, "0x is no number"),
            ("- 1", 1, 1, "- is no number"), ("1/2", 1, 2, "a comment begins with // or /*"),
        ])
    func `a mistake is reported with line and column`(
        text: String, line: Int, column: Int, message: String
    ) {
        #expect(throws: JSON5Error(line: line, column: column, message: message)) {
            try JSON5Parser.parse(Array(text.utf8))
        }
    }

    @Test func `depth is bounded and bytes must be UTF-8`() {
        #expect(throws: JSON5Error(line: 1, column: 65, message: "nested too deeply")) {
            try JSON5Parser.parse(Array(String(repeating: "[", count: 100_000).utf8))
        }
        #expect(throws: JSON5Error(line: 1, column: 1, message: "the text is not UTF-8")) {
            try JSON5Parser.parse([0x22, 0xFF, 0x22])
        }
    }

    @Test(arguments: ["{'a\u{1B}[31m' 1}", "{'a\u{202E}' 1}", "\u{85}", "\u{2066}"])
    func `a message never carries what steers a terminal`(text: String) throws {
        let error = #expect(throws: JSON5Error.self) { try JSON5Parser.parse(Array(text.utf8)) }
        let message = try #require(error?.message)
        #expect(!message.unicodeScalars.contains { $0 == "\u{1B}" || $0.properties.isBidiControl })
        #expect(!message.contains("\u{85}"))
    }

    @Test func `a message quotes the beginning of a long key`() throws {
        let text = "{'\(String(repeating: "k", count: 5000))' 1}"
        let error = #expect(throws: JSON5Error.self) { try JSON5Parser.parse(Array(text.utf8)) }
        #expect(try #require(error).message.count < 100)
    }
}
