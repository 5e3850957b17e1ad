import RelayCore
import RelayTesting
import Testing

@Suite struct JSONElementsTests {
    private func cut(_ text: String, _ key: String = "m") -> [String]? {
        let bytes = Array(text.utf8)
        guard case .found(let ranges) = JSONElements.inList(named: key, of: bytes, countLimit: 100)
        else { return nil }
        return ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test func `blanks, escapes and brackets in strings do not move the cuts`() {
        #expect(cut(#"{"m":[]}"#) == [])
        #expect(
            cut("{ \"x\" : \"]\" ,\n\"m\"\t:\r[ 1 , -2.5e3,true ] }") == ["1", "-2.5e3", "true"])
        #expect(
            cut(#"{"m":["\\","\"]","a,b",{"]":"}"}]}"#) == [
                #""\\""#, #""\"]""#, #""a,b""#, #"{"]":"}"}"#,
            ])
        #expect(cut(#"{"\u006d":[1]}"#) == ["1"])
        #expect(cut(#"{"m":[1],"m":[2,3]}"#) == ["2", "3"])
        #expect(cut(#"{"m":1,"m":[2]}"#) == ["2"])
        #expect(cut(#"{"a":{"m":[1]},"b":[[[]]],"m":[null]}"#) == ["null"])
    }

    @Test func `where there is no such list nothing is found`() {
        for text in ["{}", "[1]", "1", #"{"m":{}}"#, #"{"n":[1]}"#, #"{"m":[1],"m":2}"#] {
            #expect(
                JSONElements.inList(named: "m", of: Array(text.utf8), countLimit: 9)
                    == .noSuchList)
        }
        for text in ["", "{", #"{"m":[1}"#, #"{"m":[1,]}"#, "{} {}"] {
            #expect(
                JSONElements.inList(named: "m", of: Array(text.utf8), countLimit: 9)
                    == .malformed)
        }
    }

    @Test(arguments: 0..<200)
    func `the cuts of made-up lists are the elements`(seed: Int) throws {
        let random = SeededRandom(seed: UInt64(seed))
        let elements = (0..<Int(random.next() % 6)).map { _ in element(random, depth: 3) }
        let gap = { () -> String in ["", " ", "\n", "\t "][Int(random.next() % 4)] }
        let list = elements.map { gap() + $0 + gap() }.joined(separator: ",")
        let text = "\(gap()){\"k\":\(element(random, depth: 2)),\"m\":[\(list)]\(gap())}"
        #expect(cut(text) == elements, "\(text)")
    }

    private func element(_ random: SeededRandom, depth: Int) -> String {
        let strings = [#""""#, #""a\"]""#, #""\\""#, "\"{,}é\"", #""\u005d""#]
        switch random.next() % (depth == 0 ? 3 : 5) {
        case 0: return ["0", "-1.5e+9", "true", "false", "null"][Int(random.next() % 5)]
        case 1, 2: return strings[Int(random.next() % 5)]
        case 3:
            let inner = (0..<random.next() % 4).map { _ in element(random, depth: depth - 1) }
            return "[\(inner.joined(separator: ", "))]"
        default:
            let inner = (0..<random.next() % 3).map { number in
                "\(strings[Int(random.next() % 5)]): \(element(random, depth: depth - 1))"
            }
            return "{\(inner.joined(separator: ","))}"
        }
    }
}
