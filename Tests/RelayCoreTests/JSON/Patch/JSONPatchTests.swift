import RelayCore
import Testing

struct JSONPatchTests {
    /// Document, patch, result; most are the RFC's own cases in other words.
    @Test(arguments: [
        (#"{"a":1}"#, #"[{"op":"add","path":"/b","value":2}]"#, #"{"a":1,"b":2}"#),
        (#"{"a":[1,3]}"#, #"[{"op":"add","path":"/a/1","value":2}]"#, #"{"a":[1,2,3]}"#),
        (#"{"a":[1]}"#, #"[{"op":"add","path":"/a/-","value":[2]}]"#, #"{"a":[1,[2]]}"#),
        (#"{"a":1}"#, #"[{"op":"add","path":"/a","value":null}]"#, #"{"a":null}"#),
        (#"{"a":1,"b":2}"#, #"[{"op":"remove","path":"/a"}]"#, #"{"b":2}"#),
        (#"[1,2,3]"#, #"[{"op":"remove","path":"/1"}]"#, "[1,3]"),
        (#"{"a":{"b":1}}"#, #"[{"op":"replace","path":"/a/b","value":"x"}]"#, #"{"a":{"b":"x"}}"#),
        (#"{"a":1}"#, #"[{"op":"replace","path":"","value":[]}]"#, "[]"),
        (
            #"{"a":{"b":1},"c":{}}"#, #"[{"op":"move","from":"/a/b","path":"/c/d"}]"#,
            #"{"a":{},"c":{"d":1}}"#
        ),
        (#"[1,2,3]"#, #"[{"op":"move","from":"/0","path":"/2"}]"#, "[2,3,1]"),
        (#"{"a":1}"#, #"[{"op":"copy","from":"/a","path":"/b"}]"#, #"{"a":1,"b":1}"#),
        (#"{"a":10}"#, #"[{"op":"test","path":"/a","value":1e1}]"#, #"{"a":10}"#),
        (
            #"{"a":{"x":1,"y":[2]}}"#,
            #"[{"op":"test","path":"/a","value":{"y":[2],"x":1}}]"#, #"{"a":{"x":1,"y":[2]}}"#
        ),
        (#"{"a/b":{"~":1}}"#, #"[{"op":"remove","path":"/a~1b/~0"}]"#, #"{"a/b":{}}"#),
        (#"{"a":1}"#, #"[{"op":"add","path":"/b","value":1,"note":"x"}]"#, #"{"a":1,"b":1}"#),
        (#"{"a":1.50,"z":"\u00e9"}"#, "[]", #"{"a":1.50,"z":"é"}"#),
    ])
    func `a patch changes what it names and nothing else`(
        document: String, patch: String, result: String
    ) throws {
        let patch = try JSONPatch(Array(patch.utf8))
        let bytes = try patch.applied(to: Array(document.utf8))
        #expect(String(decoding: bytes, as: UTF8.self) == result)
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"[{"op":"remove","path":"/b"}]"#, "operation 1: there is nothing at \"/b\""),
        (#"{"a":1}"#, #"[{"op":"add","path":"/b/c","value":1}]"#, "operation 1: there is nothing"),
        (#"[1]"#, #"[{"op":"add","path":"/2","value":1}]"#, "operation 1: there is nothing"),
        (#"[1]"#, #"[{"op":"replace","path":"/01","value":1}]"#, "operation 1: there is nothing"),
        (#"{"a":1}"#, #"[{"op":"replace","path":"/b","value":1}]"#, "operation 1"),
        (
            #"{"a":1}"#,
            #"[{"op":"add","path":"/b","value":1},{"op":"test","path":"/a","value":"1"}]"#,
            "operation 2: the value at \"/a\" is another one"
        ),
        ("nonsense", "[]", "the body is not JSON"),
    ])
    func `a patch that does not fit says where`(document: String, patch: String, words: String)
        throws
    {
        let patch = try JSONPatch(Array(patch.utf8))
        let failure = #expect(throws: JSONPatch.Failure.self) {
            _ = try patch.applied(to: Array(document.utf8))
        }
        #expect("\(try #require(failure))".hasPrefix(words))
    }

    @Test(arguments: [
        ("{", "not JSON"), ("{}", "a patch is a list of operations (RFC 6902), not an object"),
        ("[1]", "operation 1: is a number"), ("[{}]", "operation 1: \"op\" is missing"),
        (#"[{"op":"add","value":1}]"#, "operation 1: \"path\" is missing"),
        (#"[{"op":"add","path":"/a"}]"#, "operation 1: \"value\" is missing"),
        (#"[{"op":"add","path":"a","value":1}]"#, "operation 1: \"path\": a JSON pointer"),
        (#"[{"op":"move","from":"/a","path":"/a/b"}]"#, "operation 1: nothing can be moved"),
        (#"[{"op":"set","path":"/a","value":1}]"#, "operation 1: \"op\" is \"set\"; it is add"),
    ])
    func `what is no patch is refused before it is used`(text: String, words: String) throws {
        let failure = #expect(throws: JSONPatch.Failure.self) {
            _ = try JSONPatch(Array(text.utf8))
        }
        #expect("\(try #require(failure))".hasPrefix(words))
    }

    @Test func `a patch that fails half way leaves the value as it was`() throws {
        let patch = try JSONPatch(
            Array(#"[{"op":"remove","path":"/a"},{"op":"remove","path":"/a"}]"#.utf8))
        let value = try JSONValue.parse(#"{"a":1}"#)
        #expect(throws: JSONPatch.Failure.self) { _ = try patch.applied(to: value) }
        #expect(value["a"] == 1)
    }

    @Test func `a patch that copies the body into itself is stopped before it fills the memory`()
        throws
    {
        let copy = #"{"op":"copy","from":"","path":"/a"}"#
        let patch = try JSONPatch(
            Array("[\(Array(repeating: copy, count: 40).joined(separator: ","))]".utf8))
        let body = Array("{\"text\":\"\(String(repeating: "x", count: 100_000))\"}".utf8)
        let failure = #expect(throws: JSONPatch.Failure.self) { _ = try patch.applied(to: body) }
        #expect(failure?.reason == "too much is copied")
    }

    @Test(arguments: ["copy", "move"])
    func `the result of a patch is nested no deeper than a body may be`(operation: String) throws {
        let patch = try JSONPatch(
            Array(#"[{"op":"\#(operation)","from":"/a","path":"/b/0"}]"#.utf8))
        func body(levels: Int) -> [UInt8] {
            let value =
                String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
            return Array(#"{"a":\#(value),"b":[]}"#.utf8)
        }
        #expect(throws: Never.self) { try patch.applied(to: body(levels: 62)) }
        let failure = #expect(throws: JSONPatch.Failure.self) {
            _ = try patch.applied(to: body(levels: 63))
        }
        #expect(failure?.reason == "the result would be nested too deeply")
    }
}
