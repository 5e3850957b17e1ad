import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct TextSearchTests {
    private func isFound(_ text: String, in body: String, ignoringCase: Bool = false) -> Bool {
        TextSearch(Array(text.utf8), ignoringCase: ignoringCase)
            .isFound(in: Array(body.utf8).span)
    }

    @Test(arguments: [
        #"{"a":"ana@x.org"}"#, #"{"a":"\u0061na@x.org"}"#, #"{"a":"an\u0061\u0040x.org"}"#,
        #"{"ana@x.org":1}"#, #"["{\"a\":\"ana@x.org\"}"]"#,
        #"["{\"a\":\"\\u0061na@x.org\"}"]"#, "no json, ana@x.org",
        #"{"a":"[\"{\\\"b\\\":\\\"an\\\\u0061@x.org\\\"}\"]"}"#,
    ])
    func `a text is found however JSON spells it`(body: String) {
        #expect(isFound("ana@x.org", in: body))
        #expect(isFound("ANA@X.org", in: body, ignoringCase: true))
        #expect(!isFound("ANA@X.org", in: body))
    }

    @Test func `quotes, slashes and letters beyond ASCII are found in their spellings`() {
        #expect(isFound(#"say "hi""#, in: #"{"a":"I say \"hi\"."}"#))
        #expect(isFound("a/b", in: #"{"a":"x a\/b"}"#))
        #expect(isFound("Ünal", in: #"{"a":"\u00dcnal"}"#))
        #expect(!isFound("ünal", in: #"{"a":"Ünal"}"#, ignoringCase: true))
        #expect(!isFound("a/b", in: #"{"a":"ab \n \t"}"#))
        #expect(!isFound("ana", in: #"{"a":"an\u0062"}"#))
    }

    @Test func `the search agrees with a plain one, whatever the bytes`() {
        var seed: UInt64 = 42
        func next(_ limit: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 33) % limit
        }
        for _ in 0..<3000 {
            let text = (0..<next(40)).map { _ in UInt8(97 + next(3)) - (next(2) == 0 ? 32 : 0) }
            let wanted = (0..<(1 + next(4))).map { _ in UInt8(97 + next(3)) }
            let lower = text.map { $0 | 0x20 }
            func plain(_ bytes: [UInt8]) -> Bool {
                bytes.indices.contains { bytes[$0...].starts(with: wanted) }
            }
            #expect(ByteSearch(wanted).isFound(in: text.span) == plain(text))
            #expect(
                ByteSearch(wanted, ignoringCase: true).isFound(in: text.span) == plain(lower))
        }
    }

    @Test func `a filter by pointer skips a body only when its value cannot be there`() throws {
        let store = try FilledStore()
        let spelled = [
            #"{"a":"ana"}"#, #"{"a":"\u0061na"}"#, #"{"b":"ana"}"#, #"{"a":"Ana"}"#,
            #"{"a":1.0}"#, #"{"a":"1"}"#, #"{"a":true}"#, "no json",
        ]
        for body in spelled { try store.add(body, .delivered, status: 200) }
        func count(_ match: String, ignoringCase: Bool = false) throws -> Int {
            var filter = DeliveryFilter()
            filter.matches = [try #require(BodyMatch(match))]
            filter.ignoresCase = ignoringCase
            var count = 0
            try store.reader().list(filter, now: store.now) { records in
                count += records.count
                return true
            }
            return count
        }
        #expect(try count("/a=ana") == 2)
        #expect(try count("/a=ana", ignoringCase: true) == 3)
        #expect(try count("/a=1") == 1)
        #expect(try count("/a=1.0") == 1)
        #expect(try count("/a=true") == 1)
        #expect(try count("/a=") == 0)
    }
}
