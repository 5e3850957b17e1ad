import RelayCore
import Testing

struct JSONHostileInputTests {
    private static let document = Array(
        """
        {"conversationUUID":"7b0f4c52","n":[1,-2.5e+10,true,false,null],
         "t":"Ol\\u00e1 \\ud83d\\ude00 é",
         "empty":{},"list":[], "nested":{"a":{"b":[[{"c":"\\"\\\\"}]]}}}
        """.utf8)

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":[", " [ "])
    func `a depth bomb of a mebibyte is too deep, at once`(unit: String) {
        let bytes = Array(String(repeating: unit, count: (1 << 20) / unit.utf8.count).utf8)
        #expect(JSONScanner.verdict(on: bytes) == .tooDeep)
        #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
    }

    @Test func `the depth limit is exact`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(
                (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(JSONScanner.verdict(on: nested(64)) == .valid(.array))
        #expect(JSONScanner.verdict(on: nested(65)) == .tooDeep)
        #expect(JSONScanner.verdict(on: nested(65), depthLimit: 65) == .valid(.array))
        #expect(JSONScanner.verdict(on: nested(1), depthLimit: 0) == .tooDeep)
    }

    @Test func `every proper prefix of an object is invalid`() {
        #expect(JSONScanner.verdict(on: Self.document) == .valid(.object))
        for end in 0..<Self.document.count {
            let prefix = Array(Self.document[..<end])
            if case .valid = JSONScanner.verdict(on: prefix) {
                Issue.record("valid after \(end) bytes")
            }
        }
    }

    @Test func `scanner and parser agree on damaged documents`() throws {
        var random = SplitMix(state: 0x5EED_0001)
        let pointer = try JSONPointer("/nested/a/b/0/0/c")
        for round in 0..<20_000 {
            var bytes = Self.document
            for _ in 0...random.next() % 3 {
                let place = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
                }
            }
            try expectAgreement(bytes, pointer, round)
        }
    }

    @Test func `scanner and parser agree on noise made of JSON's own bytes`() throws {
        var random = SplitMix(state: 0x5EED_0002)
        let alphabet = Array("[]{},:\"\\ua0123e+-.truefalsn \n\u{E9}".utf8)
        let pointer = try JSONPointer("/a")
        for round in 0..<50_000 {
            let bytes = (0..<Int(random.next() % 12)).map { _ in
                alphabet[Int(random.next() % UInt64(alphabet.count))]
            }
            try expectAgreement(bytes, pointer, round)
        }
    }

    private func expectAgreement(_ bytes: [UInt8], _ pointer: JSONPointer, _ round: Int) throws {
        let scanned = JSONScanner.scan(bytes, extracting: pointer)
        #expect(scanned.verdict == JSONScanner.verdict(on: bytes), "round \(round)")
        do throws(JSONError) {
            let value = try JSONValue.parse(bytes)
            guard case .valid = scanned.verdict else {
                Issue.record("only the parser accepts round \(round)")
                return
            }
            let found = pointer.evaluate(on: value)
            #expect(scanned.extracted == found?.string ?? found?.number?.text, "round \(round)")
            let again = try JSONValue.parse(value.serialized())
            #expect(again == value, "round \(round)")
        } catch {
            let expected: JSONScanner.Verdict =
                error.reason == .tooDeep
                ? .tooDeep : .invalid(offset: error.offset, reason: error.reason)
            #expect(scanned.verdict == expected, "round \(round)")
        }
    }
}

/// Seeded, so that a failing round can be run again.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
