import RelayCore
import Testing

struct JSONValueTests {
    @Test(
        arguments: [
            "{\"b\":1,\"a\":[12345678901234567890,1.10,-0,1E+2],\"b\":2}", "[]", "{}",
            "[null,true,false]",
            "\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u001f/é😀\"", "{\"\":{\"\":[[]]}}",
        ])
    func `a compact text comes back byte for byte`(text: String) throws {
        #expect(try JSONValue.parse(text).description == text)
    }

    @Test func `pretty printing indents by two and keeps empty containers short`() throws {
        let value: JSONValue = ["a": [1, ["b": []]], "c": [:], "d": "x"]
        let expected = """
            {
              "a": [
                1,
                {
                  "b": []
                }
              ],
              "c": {},
              "d": "x"
            }
            """
        #expect(String(decoding: value.prettyPrinted(), as: UTF8.self) == expected)
        #expect(try JSONValue.parse(value.prettyPrinted()) == value)
    }

    @Test func `looking up takes the last of several members`() throws {
        let value = try JSONValue.parse("{\"a\":1,\"b\":2,\"a\":3}")
        #expect(value["a"]?.int64 == 3)
        #expect(value.object?.keys == ["a", "b", "a"])
        #expect(value["c"] == nil)
        #expect(value[0] == nil)
    }

    @Test func `setting a member replaces its duplicates and keeps the order`() throws {
        var object = try #require(try JSONValue.parse("{\"a\":1,\"b\":2,\"a\":3,\"c\":4}").object)
        object["a"] = 9
        #expect(JSONValue.object(object).description == "{\"b\":2,\"a\":9,\"c\":4}")
        object["b"] = nil
        object["d"] = true
        #expect(JSONValue.object(object).description == "{\"a\":9,\"c\":4,\"d\":true}")
    }

    @Test(
        arguments: [
            ("1", 1), ("-7", -7), ("1e3", 1000), ("2.0", 2), ("9223372036854775807", Int64.max),
            ("9223372036854775808", nil), ("1.5", nil), ("1e400", nil),
        ] as [(String, Int64?)])
    func `a number is an integer when it is whole and fits`(text: String, expected: Int64?) throws {
        #expect(try JSONValue.parse(text).int64 == expected)
    }

    @Test func `lenient integers are also read from strings`() {
        #expect(JSONValue.string("86399").lenientInt64 == 86399)
        #expect(JSONValue.string("86399").int64 == nil)
        #expect(JSONValue.string("soon").lenientInt64 == nil)
        #expect(JSONValue.integer(5).lenientInt64 == 5)
        #expect(JSONValue.bool(true).lenientInt64 == nil)
    }

    @Test func `numbers hold only what JSON can write`() {
        #expect(JSONNumber("1.10")?.text == "1.10")
        for text in ["", "01", " 1", "1 ", "true", "\"1\"", "1.", "+1"] {
            #expect(JSONNumber(text) == nil)
        }
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber(2.0)?.text == "2")
        #expect(JSONNumber(0.1)?.double == 0.1)
        #expect(JSONNumber(1e300)?.double == 1e300)
    }

    @Test func `a pointer can be used as a subscript`() throws {
        let value: JSONValue = ["a": [["b": "x"]]]
        #expect(value[try JSONPointer("/a/0/b")]?.string == "x")
    }
}
