import Platform
import RelayCore
import Testing

/// Which element speaks of which message, section 5.2 of the contract.
struct CorrelationTests {
    typealias Expected = Row.Expected

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let count: Int
        let elements: String
        let expected: [Expected]

        init(_ name: String, _ count: Int, _ elements: String, _ expected: [Expected]) {
            testDescription = name
            self.count = count
            self.elements = elements
            self.expected = expected
        }
    }

    static let uuid = "9341f8eb-494a-4c89-9879-4d06a58d2dc7"

    static let ofAdobe =
        #"{"xactionId":"15:2124:92:3"},{"statusCode":400},{"statusCode":400},{"statusCode":400}"#

    static let cases = [
        Case(
            "Adobe's own example: four elements for five messages", 5,
            ofAdobe,
            [.unknown, .unknown, .unknown, .delivered("15:2124:92:3"), .unknown]),
        Case(
            "the same elements for four messages go by position, as Adobe explains them", 4,
            ofAdobe,
            [.delivered("15:2124:92:3"), .rejected, .rejected, .rejected]),
        Case(
            "fewer elements, with indices", 3,
            #"{"xactionId":"17:1:2:2"},{"xactionId":"17:1:2:0","status":400}"#,
            [.rejected, .unknown, .delivered("17:1:2:2")]),
        Case(
            "fewer elements, UUID with index", 3, #"{"xactionId":"\#(uuid)-1"}"#,
            [.unknown, .delivered("\(uuid)-1"), .unknown]),
        Case(
            "fewer elements without indices", 3, #"{"xactionId":"17:1:2"},{"statusCode":400}"#,
            [.unknown, .unknown, .unknown]),
        Case(
            "a bare UUID that ends in a digit is no index", 3,
            #"{"xactionId":"9341f8eb-494a-4c89-9879-000000000001"}"#,
            [.unknown, .unknown, .unknown]),
        Case("no elements", 2, "", [.unknown, .unknown]),
        Case(
            "surplus elements with indices", 2,
            #"{"xactionId":"17:1:2:0"},{"xactionId":"17:1:2:1"},{"xactionId":"17:1:2:2"}"#,
            [.delivered("17:1:2:0"), .delivered("17:1:2:1")]),
        Case(
            "surplus elements without indices", 1, #"{"xactionId":"a"},{"xactionId":"b"}"#,
            [.unknown]),
        Case(
            "two elements for one place", 2,
            #"{"xactionId":"17:1:2:0"},{"xactionId":"17:1:2:0","status":400},"#
                + #"{"xactionId":"17:1:2:1"}"#,
            [.unknown, .delivered("17:1:2:1")]),
        Case(
            "indices of two batches", 3, #"{"xactionId":"17:1:2:0"},{"xactionId":"18:1:2:1"}"#,
            [.unknown, .unknown, .unknown]),
        Case(
            "an index with a leading zero is none", 3, #"{"xactionId":"17:1:2:01"}"#,
            [.unknown, .unknown, .unknown]),
        Case(
            "an id that has to be cleaned for terminals has no index", 1,
            #"{"xactionId":"17:1:2:0\#u{7f}"},{"xactionId":""}"#, [.unknown]),
        Case(
            "an index beyond any batch", 3, #"{"xactionId":"17:1:2:99999999999999999999"}"#,
            [.unknown, .unknown, .unknown]),
        Case(
            "places exchanged, both taken", 2,
            #"{"xactionId":"17:1:2:1"},{"xactionId":"17:1:2:0"}"#,
            [.delivered("17:1:2:0"), .delivered("17:1:2:1")]),
        Case(
            "places exchanged, one failed: nobody knows which", 2,
            #"{"xactionId":"17:1:2:1"},{"xactionId":"17:1:2:0","status":400}"#,
            [.unknown, .unknown]),
        Case(
            "places exchanged under UUIDs", 2,
            #"{"xactionId":"\#(uuid)-1","status":400},{"xactionId":"\#(uuid)-0"}"#,
            [.unknown, .unknown]),
        Case(
            "numbers that cannot be indices of this batch", 2,
            #"{"xactionId":"17:1:2:7"},{"xactionId":"17:1:2:8","status":400}"#,
            [.delivered("17:1:2:7"), .rejected]),
        Case(
            "the same number at every element", 2,
            #"{"xactionId":"17:1:2:0"},{"xactionId":"17:1:2:0","status":400}"#,
            [.delivered("17:1:2:0"), .rejected]),
    ]

    @Test(arguments: cases)
    func `each message gets the outcome that is surely its own`(given: Case) {
        let body = #"{"batchId":"17:1:2","responses":[\#(given.elements)]}"#
        let answer = PlatformAnswer(status: 207, body: Array(body.utf8))
        guard
            case .perMessage(let outcomes) = AnswerReader().batch(
                count: given.count, answer, now: noon)
        else {
            Issue.record("not read per message")
            return
        }
        #expect(outcomes.map(Expected.init) == given.expected)
    }
}
