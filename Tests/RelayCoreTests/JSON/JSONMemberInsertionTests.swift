import RelayCore
import Testing

struct JSONMemberInsertionTests {
    @Test(
        arguments: [
            ("{}", "{\"k\":{\"v\":1}}"), ("{ }", "{\"k\":{\"v\":1} }"),
            ("{\"a\":1}", "{\"a\":1,\"k\":{\"v\":1}}"),
            ("{\"a\":{}}", "{\"a\":{},\"k\":{\"v\":1}}"),
            ("\n{ \"a\" : \"}\" \n}\r\n", "\n{ \"a\" : \"}\",\"k\":{\"v\":1} \n}\r\n"),
            ("{\"k\":0}", "{\"k\":0,\"k\":{\"v\":1}}"),
            ("{\"n\":1.10,\"n\":[ ]}", "{\"n\":1.10,\"n\":[ ],\"k\":{\"v\":1}}"),
        ])
    func `the member is added last and nothing else changes`(body: String, expected: String) throws
    {
        let value: JSONValue = ["v": 1]
        let result = JSONMemberInsertion.appending(
            key: "k", value: value.serialized(), to: Array(body.utf8))
        #expect(result.map { String(decoding: $0, as: UTF8.self) } == expected)
        #expect(try JSONValue.parse(try #require(result))["k"] == value)
    }

    @Test(arguments: ["[]", "1", "\"{}\"", "null", "", " ", "{", "}", "[{}]"])
    func `a body that is no object is left alone`(body: String) {
        #expect(
            JSONMemberInsertion.appending(key: "k", value: [0x31], to: Array(body.utf8)) == nil)
    }

    @Test func `the key is escaped`() throws {
        let result = try #require(
            JSONMemberInsertion.appending(key: "a\"\n", value: [0x31], to: Array("{}".utf8)))
        #expect(String(decoding: result, as: UTF8.self) == "{\"a\\\"\\n\":1}")
    }
}
