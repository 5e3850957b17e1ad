import Platform
import RelayCore
import RelayTesting
import Testing

/// Whatever bytes a destination sends: no trap, no success without evidence, no words out of
/// bounds. Seeded, so that a failure repeats.
struct AnswerFuzzTests {
    static let seeds: [UInt64] = [1, 2, 3, 4]

    private static let valid = [
        #"{"inletId":"i","xactionId":"17:7186:152","receivedTimeMs":17}"#,
        #"{"batchId":"17:1:2","responses":[{"xactionId":"17:1:2:0"},{"xactionId":"17:1:2:1"}]}"#,
        #"{"responses":[{"xactionId":"a"},{"statusCode":400,"message":"no"},{"xactionId":"c"}]}"#,
        #"{"responses":[{"xactionId":"9341f8eb-494a-4c89-9879-4d06a58d2dc7-0","status":400},"#
            + #"{"xactionId":"9341f8eb-494a-4c89-9879-4d06a58d2dc7-1"}]}"#,
        #"{"responses":[{"statusCode":"503"},{"xactionId":"b","status":"200"},{}]}"#,
        BatchAnswerTests.wrongOrg, SingleAnswerTests.unauthorized,
        #"{"status":400,"report":{"cause":{"_streamingValidation":[{"causingExceptions":[]}]}}}"#,
    ].map { Array($0.utf8) }

    private static let statuses = [
        200, 207, 200, 207, 200, 207, 201, 204, 302, 400, 401, 403, 404, 413, 429, 500, 503, 0, -7,
    ]

    @Test(arguments: seeds)
    func `random bytes`(seed: UInt64) {
        run(seed) { random in
            let length = Int.random(in: 0...200, using: &random)
            return (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
    }

    @Test(arguments: seeds)
    func `valid answers, damaged`(seed: UInt64) {
        run(seed) { random in
            var bytes = Self.valid.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 0...4, using: &random) { Self.damage(&bytes, &random) }
            return bytes
        }
    }

    @Test(arguments: seeds)
    func `random JSON in the words of the contract`(seed: UInt64) {
        run(seed) { random in
            Array(Self.json(depth: 0, &random).utf8)
        }
    }

    @Test(arguments: seeds)
    func `random elements`(seed: UInt64) {
        run(seed) { random in
            let elements = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                Self.element(&random)
            }
            let status = Self.scalars.randomElement(using: &random) ?? "200"
            let top = Int.random(in: 0...3, using: &random) == 0 ? #""status":\#(status),"# : ""
            let list = elements.joined(separator: ",")
            return Array(#"{"batchId":"17:1:2",\#(top)"responses":[\#(list)]}"#.utf8)
        }
    }

    @Test func `nesting without end`() {
        for opening in ["[", #"{"a":"#, #"{"report":{"cause":["#] {
            let body = Array(String(repeating: opening, count: 50_000).utf8)
            check(PlatformAnswer(status: 200, body: body), count: 2)
            check(PlatformAnswer(status: 400, body: body), count: 2)
        }
    }

    private func run(_ seed: UInt64, _ make: (inout SeededSource) -> [UInt8]) {
        var random = SeededSource(seed: seed)
        for _ in 0..<2500 {
            let answer = PlatformAnswer(
                status: Self.statuses.randomElement(using: &random) ?? 200,
                retryAfter: Bool.random(using: &random) ? "\(random.next())" : nil,
                body: make(&random), isTruncated: Bool.random(using: &random))
            check(answer, count: Int.random(in: 0...4, using: &random))
        }
    }

    private func check(_ answer: PlatformAnswer, count: Int) {
        let reader = AnswerReader()
        let context = "\(answer.status) \(String(decoding: answer.body.prefix(500), as: UTF8.self))"
        let single = reader.single(answer, now: noon)
        if case .delivered = single {
            let permitted = AnswerOracle.permitsSingle(status: answer.status, body: answer.body)
            #expect(permitted, "\(context)")
        }
        expectBounded(single)
        if case .delivered = AnswerReader(acceptAny2xx: true).single(answer, now: noon) {
            #expect((200..<300).contains(answer.status), "\(context)")
        }
        switch reader.batch(count: count, answer, now: noon) {
        case .perMessage(let outcomes):
            #expect(outcomes.count == count)
            var deliveredCount = 0
            for (place, outcome) in outcomes.enumerated() {
                expectBounded(outcome)
                guard case .delivered = outcome else { continue }
                deliveredCount += 1
                let permitted = AnswerOracle.permits(
                    place: place, of: count, status: answer.status, body: answer.body)
                #expect(permitted, "place \(place) of \(count): \(context)")
            }
            let takenCount = deliveredCount == 0 ? 0 : AnswerOracle.takenCount(answer.body)
            #expect(deliveredCount <= takenCount, "\(context)")
        case .whole(.outcome(.delivered)):
            Issue.record("a whole batch without a word on its messages: \(context)")
        case .whole(.outcome(let outcome)):
            expectBounded(outcome)
        case .whole(.split), .whole(.halve):
            #expect(count > 1 && answer.status >= 400)
        }
    }

    private func expectBounded(_ outcome: Outcome) {
        let message = outcome.message
        if message.utf8.count > Limits.excerptBytes
            || message.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        {
            Issue.record("words out of bounds: \(message)")
        }
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SeededSource) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0...5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.removeLast(bytes.count - place)
        case 3: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 4:
            let other = valid.randomElement(using: &random) ?? []
            bytes.replaceSubrange(place..., with: other.dropFirst(place))
        default:
            let end = min(place + Int.random(in: 1...30, using: &random), bytes.count)
            bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
    }

    private static let keys = [
        "status", "statusCode", "xactionId", "responses", "batchId", "message", "report", "title",
        "error", "Status", "syncValidation", "cause", "causingExceptions", "a",
    ]
    private static let scalars = [
        "200", "400", "\"200\"", "\"401\"", "503", "null", "true", "false", "-1", "1e99", "2.5",
        "\"\"", "\"17:1:2:0\"", "\"17:1:2:1\"", "\"x\"", "\"200 OK\"", "\"9\\u0000\\ud800\"",
    ]

    private static func json(depth: Int, _ random: inout SeededSource) -> String {
        let shape = depth > 5 ? 0 : Int.random(in: depth == 0 ? 1...3 : 0...3, using: &random)
        if shape == 0 { return scalars.randomElement(using: &random) ?? "null" }
        let parts = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let value = json(depth: depth + Int.random(in: 1...3, using: &random), &random)
            guard shape > 1 else { return value }
            return "\"\(keys.randomElement(using: &random) ?? "a")\":\(value)"
        }
        let joined = parts.joined(separator: ",")
        return shape > 1 ? "{\(joined)}" : "[\(joined)]"
    }

    private static func element(_ random: inout SeededSource) -> String {
        let members = ["xactionId", "xactionId", "status", "statusCode", "message"].compactMap {
            Bool.random(using: &random)
                ? "\"\($0)\":\(scalars.randomElement(using: &random) ?? "null")" : nil
        }
        return "{\(members.joined(separator: ","))}"
    }
}
