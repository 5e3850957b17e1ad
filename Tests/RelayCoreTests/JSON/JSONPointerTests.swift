import RelayCore
import Testing

struct JSONPointerTests {
    /// The document and the table of RFC 6901 section 5.
    static let document: JSONValue = [
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5,
        "k\"l": 6, " ": 7, "m~n": 8,
    ]

    @Test(
        arguments: [
            ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2),
            ("/e^f", 3), ("/g|h", 4), ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
            ("", document),
        ] as [(String, JSONValue)])
    func `the pointers of the standard lead where it says`(
        text: String, expected: JSONValue
    ) throws {
        let pointer = try JSONPointer(text)
        #expect(pointer.evaluate(on: Self.document) == expected)
        #expect(pointer.description == text)
    }

    @Test(arguments: [
        "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/x", "/nope", "/foo/0/x", "//",
    ])
    func `a pointer that leads nowhere finds nothing`(text: String) throws {
        #expect(try JSONPointer(text).evaluate(on: Self.document) == nil)
    }

    @Test func `malformed pointers are refused with the reason`() {
        #expect(throws: JSONPointer.Malformed.noLeadingSlash) { try JSONPointer("foo") }
        #expect(throws: JSONPointer.Malformed.noLeadingSlash) { try JSONPointer("#/foo") }
        #expect(throws: JSONPointer.Malformed.badEscape(in: "a~2")) { try JSONPointer("/x/a~2") }
        #expect(throws: JSONPointer.Malformed.badEscape(in: "a~")) { try JSONPointer("/a~/b") }
    }

    @Test func `tilde escapes are resolved once`() throws {
        #expect(try JSONPointer("/~01").tokens == ["~1"])
        #expect(JSONPointer(tokens: ["~1", "a/b"]).description == "/~01/a~1b")
    }

    @Test func `a tilde or slash with an accent on it prints escaped`() throws {
        let pointer = JSONPointer(tokens: ["~\u{301}", "/\u{301}"])
        #expect(pointer.description == "/~0\u{301}/~1\u{301}")
        #expect(try JSONPointer(pointer.description) == pointer)
    }
}
