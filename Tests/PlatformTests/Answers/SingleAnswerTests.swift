import Platform
import RelayCore
import Signing
import Testing

/// Sections 5.1, 5.3 and 7 of the contract for a request with one message.
struct SingleAnswerTests {
    static let inlet = String(repeating: "9b0cb233", count: 8)

    static let successes = [
        Row(
            "5.1 as documented", 200,
            #"{"inletId":"\#(inlet)","xactionId":"1700000000000:7186:152","#
                + #""receivedTimeMs":1700000000000}"#, .delivered("1700000000000:7186:152")),
        Row(
            "5.1 validation skipped", 200,
            #"{"xactionId":"1:2:3","syncValidation":{"skipped":true}}"#, .delivered("1:2:3")),
        Row(
            "5.1 validation passed", 200,
            #"{"xactionId":"1:2:3","syncValidation":{"status":"pass"}}"#, .delivered("1:2:3")),
        Row(
            "5.1 old spelling of validation", 200,
            #"{"xactionId":"1:2:3","synchronousValidation":{"status":"pass"}}"#,
            .delivered("1:2:3")),
        Row("5.1 flow id echoed", 200, #"{"flowId":"f","xactionId":"x"}"#, .delivered("x")),
        Row("5.1 inletID in the schema's spelling", 200, #"{"inletID":"i"}"#, .delivered(nil)),
        Row(
            "5.1 receivedTimeMs as a string", 200,
            #"{"xactionId":"x","receivedTimeMs":"1700000000000"}"#, .delivered("x")),
        Row("5.1 every key optional", 200, "{}", .delivered(nil)),
        Row("5.1 unknown keys", 200, #"{"new":{"deep":[1,null]},"a":true}"#, .delivered(nil)),
        Row("5.1 a title is no problem", 200, #"{"title":"Welcome"}"#, .delivered(nil)),
        Row("5.1 tracer as a number", 200, #"{"xactionId":17}"#, .delivered("17")),
        Row("white space around", 200, " \n{\"xactionId\":\"x\"}\r\n", .delivered("x")),
        Row("201 with an object", 201, #"{"xactionId":"x"}"#, .delivered("x")),
        Row("202 with an object", 202, #"{"xactionId":"x"}"#, .delivered("x")),
        Row("status that agrees", 200, #"{"xactionId":"x","status":200}"#, .delivered("x")),
        Row("status that agrees as text", 200, #"{"statusCode":"202"}"#, .delivered(nil)),
        Row("cut flag, yet complete", 200, #"{"xactionId":"x"}"#, truncated: true, .delivered("x")),
    ]

    static let nothingProven = [
        Row("200 without a body", 200, .unknown),
        Row("200 with white space", 200, "\r\n", .unknown),
        Row("204", 204, .unknown),
        Row("a proxy's page", 200, "<html><body>Sign in</body></html>", .unknown),
        Row("JSON but no object: list", 200, #"[{"xactionId":"x"}]"#, .unknown),
        Row("JSON but no object: text", 200, #""ok""#, .unknown),
        Row("JSON but no object: null", 200, "null", .unknown),
        Row("cut in the middle", 200, #"{"xactionId":"x","#, truncated: true, .unknown),
        Row("two objects", 200, "{}{}", .unknown),
        Row("a byte order mark", 200, "\u{FEFF}{}", .unknown),
        Row("200 that says 400", 200, #"{"status":400,"title":"Invalid"}"#, .unknown),
        Row("200 that says 401 as text", 200, #"{"status":"401"}"#, .unknown),
        Row("200 that says 503 in dialect A", 200, #"{"statusCode":503}"#, .unknown),
        Row(
            "200 that says 500 and has a tracer", 200, #"{"xactionId":"x","status":500}"#,
            .unknown),
        Row("200 that says both", 200, #"{"status":200,"statusCode":400}"#, .unknown),
        Row("200 that says two things", 200, #"{"status":500,"status":200}"#, .unknown),
        Row("200 with a status in words", 200, #"{"status":"failed"}"#, .unknown),
        Row("200 with a null status", 200, #"{"xactionId":"x","status":null}"#, .unknown),
        Row("200 with another letter case", 200, #"{"StatusCode":400}"#, .unknown),
        Row(
            "gateway error with 200", 200,
            #"{"error_code":"429050","message":"Too many requests"}"#, .unknown),
        Row("error with 200", 200, #"{"error":{"code":7}}"#, .unknown),
        Row(
            "a problem with 200", 200, #"{"type":"about:blank","title":"Not now"}"#, .unknown),
        Row(
            "a problem without a type with 200", 200, #"{"title":"Not now","detail":"later"}"#,
            .unknown),
        Row("success false", 200, #"{"success":false}"#, .unknown),
        Row(
            "validation failed with 200", 200,
            #"{"xactionId":"x","syncValidation":{"status":"fail"}}"#, .unknown),
        Row("301", 301, .unknown), Row("302 with an object", 302, #"{"xactionId":"x"}"#, .unknown),
        Row("304", 304, .unknown), Row("100", 100, .unknown), Row("0", 0, .unknown),
        Row("-1", -1, .unknown), Row("999", 999, .unknown), Row("600", 600, "{}", .unknown),
    ]

    static let multiStatus = [
        Row("207, one element", 207, #"{"responses":[{"xactionId":"x"}]}"#, .delivered("x")),
        Row("207, the object itself", 207, #"{"xactionId":"x"}"#, .delivered("x")),
        Row("207, no tracer", 207, #"{"inletId":"i"}"#, .unknown),
        Row("207, failed in dialect A", 207, #"{"responses":[{"statusCode":400}]}"#, .rejected),
        Row(
            "207, failed in dialect B", 207,
            #"{"responses":[{"xactionId":"x-0","status":400,"message":"no"}]}"#, .rejected),
        Row("207, nothing in it", 207, #"{"responses":[]}"#, .unknown),
        Row("207, two for one", 207, #"{"responses":[{"xactionId":"x"},{}]}"#, .unknown),
        Row("207, no list", 207, #"{"responses":{"xactionId":"x"}}"#, .unknown),
        Row(
            "207, element says 503", 207, #"{"responses":[{"status":503}]}"#,
            retryAfter: "7", .retry(.serverError, 7000)),
        Row("200 with a list", 200, #"{"responses":[{"xactionId":"x"}]}"#, .delivered("x")),
        Row("200 with a failed list", 200, #"{"responses":[{"statusCode":413}]}"#, .tooLarge),
    ]

    static let unauthorized =
        #"{"type":"https://ns.adobe.com/adobecloud/problem/data-collection-service-authorization","#
        + #""status":"401","title":"Authorization","#
        + #""report":{"message":"[id] Ims service token is empty"}}"#

    static let errors = [
        Row("400 with Platform's problem", 400, BatchAnswerTests.wrongOrg, .rejected),
        Row("400 without a body", 400, .rejected), Row("422", 422, "{}", .rejected),
        Row("401 with string status", 401, unauthorized, .credential(.unauthorized)),
        Row("401 without a body", 401, .credential(.unauthorized)),
        Row("403 with a body", 403, #"{"title":"Forbidden"}"#, .credential(.forbidden)),
        Row("403 without a body", 403, .refused(.forbidden)),
        Row("403 with a line feed", 403, "\n", .refused(.forbidden)),
        Row("404", 404, .refused(.notFound)), Row("405", 405, .refused(.notFound)),
        Row("410", 410, "gone", .refused(.notFound)), Row("402", 402, .refused(.forbidden)),
        Row("406", 406, .refused(.badResponse)), Row("415", 415, .refused(.badResponse)),
        Row("418", 418, .refused(.badResponse)), Row("431", 431, .refused(.badResponse)),
        Row("407", 407, .refused(.unauthorized)), Row("511", 511, .refused(.unauthorized)),
        Row("408", 408, .retry(.timeout, nil)), Row("425", 425, .retry(.timeout, nil)),
        Row("409", 409, .retry(.serverError, nil)),
        Row("413", 413, .tooLarge), Row("413 with a body", 413, "<html>", .tooLarge),
        Row("429 without Retry-After", 429, .retry(.rateLimited, nil)),
        Row("429 with Retry-After", 429, retryAfter: "12", .retry(.rateLimited, 12_000)),
        Row(
            "429 of the gateway", 429, #"{"error_code":"429050","message":"Too many requests"}"#,
            .retry(.rateLimited, nil)),
        Row("500", 500, .retry(.serverError, nil)),
        Row("500 with a success in it", 500, #"{"xactionId":"x"}"#, .retry(.serverError, nil)),
        Row("501", 501, .refused(.serverError)),
        Row("502", 502, "<html>", .retry(.serverError, nil)),
        Row("503 with Retry-After", 503, retryAfter: "30", .retry(.serverError, 30_000)),
        Row("503 with garbage", 503, retryAfter: "soon", .retry(.serverError, nil)),
        Row("504", 504, .retry(.serverError, nil)), Row("520", 520, .retry(.serverError, nil)),
    ]

    @Test(arguments: successes + nothingProven + multiStatus + errors)
    func `a row of the contract comes to its outcome`(row: Row) {
        let outcome = AnswerReader().single(row.answer, now: noon)
        #expect(Row.Expected(outcome) == row.expected)
        if case .delivered = outcome { return }
        #expect(!outcome.message.isEmpty)
    }

    @Test func `a rejection carries Platform's words`() {
        let answer = PlatformAnswer(status: 400, body: Array(BatchAnswerTests.wrongOrg.utf8))
        #expect(
            AnswerReader().single(answer, now: noon)
                == .rejected(
                    message: "Invalid XDM Message Format: inletId: [i] imsOrgId: [o@AdobeOrg] "
                        + "Message has an absent or wrong ims org in the header"))
    }

    @Test func `a failed validation names the fields`() {
        let body = ##"""
            {"status":400,"title":"Invalid XDM Message Format","report":{"message":"Message is
             invalid","cause":{"_streamingValidation":[{"pointerToViolation":"#","message":"2",
            "causingExceptions":[
            {"pointerToViolation":"#/a","message":"expected type: String","causingExceptions":[]},
            {"pointerToViolation":"#/b","message":"no date","causingExceptions":[]}]}]}}}
            """##.replacing("\n", with: "")
        let answer = PlatformAnswer(status: 400, body: Array(body.utf8))
        #expect(
            AnswerReader().single(answer, now: noon).message
                == "Invalid XDM Message Format: Message is invalid: #/a expected type: String: "
                + "#/b no date")
    }

    @Test func `words are one bounded line that cannot steer a terminal`() {
        let body = "\u{1B}[31mred\u{7}\n\n\u{202E}back" + String(repeating: "ü", count: 4000)
        let answer = PlatformAnswer(status: 502, body: Array(body.utf8))
        let message = AnswerReader().single(answer, now: noon).message
        #expect(message.hasPrefix("[31mred backüü"))
        #expect(message.hasSuffix("…"))
        #expect(message.utf8.count <= Limits.excerptBytes)
    }

    @Test func `what must be hidden does not come back`() {
        let reader = AnswerReader(hiding: [Secret(text: "t0ken"), Secret(text: "")])
        let answer = PlatformAnswer(status: 401, body: Array("Bearer t0ken is bad".utf8))
        #expect(
            reader.single(answer, now: noon)
                == .credential(.unauthorized, message: "Bearer *** is bad"))
    }

    @Test func `what must be hidden is hidden wherever it stands`() {
        let text = "aab-aaab aabaab, aa"
        #expect(Excerpt.of(text, hiding: ["aab", "", "b-"]) == "***-a*** ******, aa")
        #expect(Excerpt.of("aa", hiding: ["aab"]) == "aa")
        #expect(Excerpt.of("aab", hiding: ["aab"]) == "***")
    }

    @Test(arguments: [
        "p@ss w0rd\u{301} is bad", "p@ss\u{200B}w0rd is bad", "p@ss \n\t w0rd is bad",
    ])
    func `what must be hidden does not come back in disguise`(body: String) {
        let reader = AnswerReader(hiding: [Secret(text: "p@ss w0rd")])
        let answer = PlatformAnswer(status: 401, body: Array(body.utf8))
        let message = reader.single(answer, now: noon).message
        #expect(message.utf8.starts(with: "***".utf8) && message.hasSuffix(" is bad"))
    }

    @Test(arguments: [
        Row("no body", 200, .delivered(nil)), Row("204", 204, .delivered(nil)),
        Row("a page", 200, "<html>", .delivered(nil)),
        Row("words for a status", 200, #"{"status":"ok"}"#, .delivered(nil)),
        Row("an error status all the same", 200, #"{"status":500}"#, .unknown),
        Row("a page cut short", 200, "<html>", truncated: true, .unknown),
        Row("207 that cannot be read", 207, "<html>", .unknown),
        Row("207 with a failure", 207, #"{"responses":[{"status":400}]}"#, .rejected),
        Row("302", 302, .unknown), Row("400", 400, .rejected),
    ])
    func `acceptAny2xx takes foreign bodies but no failure`(row: Row) {
        let outcome = AnswerReader(acceptAny2xx: true).single(row.answer, now: noon)
        #expect(Row.Expected(outcome) == row.expected)
    }
}
