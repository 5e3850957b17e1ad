import Platform
import RelayCore
import Testing

/// Sections 5.1 to 5.3 and 7 of the contract for a request with several messages.
struct BatchAnswerTests {
    typealias Expected = Row.Expected

    static let wrongOrg =
        #"{"type":"http://ns.adobe.com/adobecloud/problem/data-collection-service/inlet","#
        + #""status":400,"title":"Invalid XDM Message Format","report":{"message":"inletId: [i] "#
        + #"imsOrgId: [o@AdobeOrg] Message has an absent or wrong ims org in the header"}}"#

    private func outcomes(
        _ count: Int, _ elements: String, status: Int = 207, batchID: String = "17:1485:153",
        retryAfter: String? = nil
    ) -> [Expected]? {
        let body = #"{"inletId":"i","batchId":"\#(batchID)","responses":[\#(elements)]}"#
        let answer = PlatformAnswer(
            status: status, retryAfter: retryAfter, body: Array(body.utf8))
        guard case .perMessage(let outcomes) = AnswerReader().batch(count: count, answer, now: noon)
        else { return nil }
        return outcomes.map(Expected.init)
    }

    @Test func `all taken, as documented`() {
        let read = outcomes(2, #"{"xactionId":"17:1485:153:0"},{"xactionId":"17:1485:153:1"}"#)
        #expect(read == [.delivered("17:1485:153:0"), .delivered("17:1485:153:1")])
    }

    @Test func `dialect A fails by statusCode, by position`() {
        let read = outcomes(
            3,
            #"{"xactionId":"a"},{"statusCode":400,"message":"m"},{"xactionId":"c"}"#
        )
        #expect(read == [.delivered("a"), .rejected, .delivered("c")])
    }

    @Test func `dialect B fails by status beside a tracer`() {
        let id = "9341f8eb-494a-4c89-9879-4d06a58d2dc7"
        let read = outcomes(
            2, #"{"xactionId":"\#(id)-0","status":400,"message":"m"},{"xactionId":"\#(id)-1"}"#)
        #expect(read == [.rejected, .delivered("\(id)-1")])
    }

    @Test func `both dialects in one answer are read`() {
        let read = outcomes(
            5,
            #"{"statusCode":"400"},{"xactionId":"b","status":"503"},"#
                + #"{"xactionId":"c","status":200},"#
                + #"{"xactionId":"d","statusCode":429},{"xactionId":"e","extra":[{}]}"#,
            retryAfter: "3")
        #expect(
            read == [
                .rejected, .retry(.serverError, 3000), .delivered("c"), .retry(.rateLimited, 3000),
                .delivered("e"),
            ])
    }

    @Test(arguments: [
        (#"{"statusCode":400}"#, Expected.rejected), (#"{"status":422}"#, .rejected),
        (#"{"status":401}"#, .credential(.unauthorized)),
        (#"{"status":"403"}"#, .credential(.forbidden)), (#"{"status":404}"#, .refused(.notFound)),
        (#"{"statusCode":413}"#, .tooLarge), (#"{"status":429}"#, .retry(.rateLimited, nil)),
        (#"{"status":500}"#, .retry(.serverError, nil)),
        (#"{"status":503.0}"#, .retry(.serverError, nil)),
        (#"{"status":" 502 Bad Gateway"}"#, .retry(.serverError, nil)),
        (#"{"status":501}"#, .refused(.serverError)),
        (#"{"xactionId":"x","status":204}"#, .delivered("x")),
        (#"{"status":200}"#, .unknown), (#"{"xactionId":""}"#, .unknown), ("{}", .unknown),
        (#"{"xactionId":null}"#, .unknown), (#"{"xactionId":{"a":1}}"#, .unknown),
        (#"{"xactionId":"x","status":null}"#, .unknown),
        (#"{"xactionId":"x","status":"bad"}"#, .unknown),
        (#"{"xactionId":"x","status":0}"#, .unknown),
        (#"{"xactionId":"x","status":302}"#, .unknown),
        (#"{"xactionId":"x","status":1e999}"#, .unknown),
        (#"{"xactionId":"x","status":99999999999999999999}"#, .unknown),
        (#"{"xactionId":"x","status":400,"statusCode":500}"#, .unknown),
        (#"{"xactionId":"x","error":"no"}"#, .unknown),
        ("null", .unknown), ("7", .unknown), (#""x""#, .unknown), (#"["x"]"#, .unknown),
    ])
    func `an element is read on its own`(element: String, expected: Expected) {
        #expect(outcomes(2, #"\#(element),{"xactionId":"y"}"#) == [expected, .delivered("y")])
    }

    @Test(arguments: [
        Row("400", 400, .rejected), Row("422", 422, .rejected), Row("413", 413, .tooLarge),
    ])
    func `a batch that is refused for its content is cut, a batch of one is judged`(row: Row) {
        let reader = AnswerReader()
        let expected: BatchAnswer =
            row.answer.status == 413
            ? .whole(.halve(message: "HTTP 413"))
            : .whole(.split(message: "HTTP \(row.answer.status)"))
        #expect(reader.batch(count: 2, row.answer, now: noon) == expected)
        guard case .whole(.outcome(let alone)) = reader.batch(count: 1, row.answer, now: noon)
        else {
            Issue.record("a batch of one cannot be cut")
            return
        }
        #expect(Expected(alone) == row.expected)
    }

    @Test(
        arguments: SingleAnswerTests.errors.filter { ![400, 413, 422].contains($0.answer.status) })
    func `any other error holds for the whole batch`(row: Row) {
        guard
            case .whole(.outcome(let outcome)) = AnswerReader().batch(
                count: 3, row.answer, now: noon)
        else {
            Issue.record("not one outcome for all")
            return
        }
        #expect(Expected(outcome) == row.expected)
    }

    @Test(arguments: [
        Row("no body", 207, .unknown), Row("no body", 200, .unknown),
        Row("a page", 207, "<html>", .unknown), Row("an empty object", 207, "{}", .unknown),
        Row("one tracer for two", 200, #"{"xactionId":"x"}"#, .unknown),
        Row("no list", 207, #"{"responses":"2"}"#, .unknown),
        Row("null list", 207, #"{"responses":null}"#, .unknown),
        Row("list without an object", 207, #"[{"xactionId":"x"},{"xactionId":"y"}]"#, .unknown),
        Row("cut", 207, #"{"responses":[{"xactionId":"x"},{"xac"#, truncated: true, .unknown),
        Row("redirect", 307, .unknown),
    ])
    func `what does not speak of single messages proves nothing`(row: Row) {
        guard
            case .whole(.outcome(let outcome)) = AnswerReader().batch(
                count: 2, row.answer, now: noon)
        else {
            Issue.record("not one outcome for all")
            return
        }
        #expect(Expected(outcome) == row.expected)
    }

    @Test func `200 to a batch is read like 207`() {
        let read = outcomes(2, #"{"xactionId":"a"},{"statusCode":400}"#, status: 200)
        #expect(read == [.delivered("a"), .rejected])
    }

    @Test func `an answer that fails as a whole has no successes`() {
        let body = #"{"status":500,"responses":[{"xactionId":"a"},{"statusCode":400}]}"#
        let answer = PlatformAnswer(status: 207, body: Array(body.utf8))
        guard case .perMessage(let read) = AnswerReader().batch(count: 2, answer, now: noon) else {
            Issue.record("not read per message")
            return
        }
        #expect(read.map(Expected.init) == [.unknown, .rejected])
    }

    @Test func `acceptAny2xx takes a foreign body for the whole batch`() {
        let reader = AnswerReader(acceptAny2xx: true)
        let empty = PlatformAnswer(status: 204)
        #expect(
            reader.batch(count: 2, empty, now: noon) == .whole(.outcome(.delivered(tracer: nil))))
        let object = PlatformAnswer(status: 200, body: Array("{}".utf8))
        #expect(
            reader.batch(count: 2, object, now: noon)
                == .perMessage([.delivered(tracer: nil), .delivered(tracer: nil)]))
        let failing = PlatformAnswer(status: 200, body: Array(#"{"status":500}"#.utf8))
        guard case .whole(.outcome(.unknown)) = reader.batch(count: 2, failing, now: noon) else {
            Issue.record("a failure became a success")
            return
        }
    }
}
