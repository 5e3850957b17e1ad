import Testing

@testable import RelayStore

struct PercentCodingTests {
    @Test(arguments: [
        ("ana@x.org", "ana%40x.org"), ("a b", "a%20b"), ("\u{fc}", "%C3%BC"),
        ("a-._~Z9", "a-._~Z9"),
    ])
    func `what is encoded is what was before`(text: String, encoded: String) {
        #expect(PercentCoding.encode(Array(text.utf8)) == Array(encoded.utf8))
        #expect(PercentCoding.decode(Array(encoded.utf8)) == Array(text.utf8))
    }

    @Test(arguments: [("a%4", "a%4"), ("100%", "100%"), ("%zz+%c3%bc", "%zz \u{fc}"), ("%", "%")])
    func `what is no escape stays`(text: String, decoded: String) {
        #expect(PercentCoding.decode(Array(text.utf8)) == Array(decoded.utf8))
    }
}
