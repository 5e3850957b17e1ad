import Platform
import RelayCore
import RelayTesting
import Signing

extension FuzzTarget {
    /// An answer of Platform, to one message or several: no success without evidence, every
    /// message accounted for, words in bounds and without the token that was sent.
    static let answer = FuzzTarget(
        "answer",
        seeds: [
            #"0000{"inletId":"i","xactionId":"17:7186:152","receivedTimeMs":17}"#,
            #"1111{"batchId":"17:1:2","responses":[{"xactionId":"17:1:2:0"},"#
                + #"{"statusCode":400,"message":"no"},{"xactionId":"17:1:2:2"}]}"#,
            #"1121{"responses":[{"xactionId":"9341f8eb-494a-4c89-9879-4d06a58d2dc7-0","status":"#
                + #"400},{"xactionId":"9341f8eb-494a-4c89-9879-4d06a58d2dc7-1"}]}"#,
            #"5311{"type":"x","status":400,"title":"t","report":{"cause":{"_streamingValidation":"#
                + #"[{"causingExceptions":[{"message":"m","pointerToViolation":"/a"}]}]}}}"#,
            "9010<html>secr3t-token</html>",
        ]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        let status = input.pick([
            200, 207, 201, 204, 302, 400, 401, 403, 404, 413, 429, 500, 503, 0, -7, 299,
        ])
        let count = Int(input.byte() % 5)
        let options = input.byte()
        let answer = PlatformAnswer(
            status: status, retryAfter: options & 1 == 0 ? nil : "5",
            body: Array(input.rest.dropFirst()), isTruncated: options & 2 != 0)
        try holdStrict(answer, count: count)
        try holdLenient(answer, count: count)
    }

    private static let hidden = "secr3t-token"
    private static let noon = Timestamp(milliseconds: 1_795_000_000_000)

    private static func reader(acceptAny2xx: Bool) -> AnswerReader {
        AnswerReader(acceptAny2xx: acceptAny2xx, hiding: [Secret(text: hidden)])
    }

    private static func holdStrict(_ answer: PlatformAnswer, count: Int) throws(Finding) {
        let reader = reader(acceptAny2xx: false)
        let single = reader.single(answer, now: noon)
        try holdWords(single)
        if case .delivered = single {
            try hold(
                AnswerOracle.permitsSingle(status: answer.status, body: answer.body),
                "one message delivered without evidence")
        }
        switch reader.batch(count: count, answer, now: noon) {
        case .perMessage(let outcomes): try holdEach(outcomes, answer, count: count)
        case .whole(.outcome(let outcome)):
            try holdWords(outcome)
            if case .delivered = outcome { throw Finding("a whole batch without a word on it") }
        case .whole(.split(let message)), .whole(.halve(let message)):
            try hold(count > 1 && answer.status >= 400, "split for nothing")
            try holdWords(.rejected(message: message))
        }
    }

    private static func holdEach(
        _ outcomes: [Outcome], _ answer: PlatformAnswer, count: Int
    ) throws(Finding) {
        try hold(outcomes.count == count, "\(outcomes.count) outcomes for \(count) messages")
        var deliveredCount = 0
        for (place, outcome) in outcomes.enumerated() {
            try holdWords(outcome)
            guard case .delivered = outcome else { continue }
            deliveredCount += 1
            try hold(
                AnswerOracle.permits(
                    place: place, of: count, status: answer.status, body: answer.body),
                "message \(place) of \(count) delivered without evidence")
        }
        let takenCount = deliveredCount == 0 ? 0 : AnswerOracle.takenCount(answer.body)
        try hold(deliveredCount <= takenCount, "\(deliveredCount) delivered of \(takenCount)")
    }

    private static func holdLenient(_ answer: PlatformAnswer, count: Int) throws(Finding) {
        let reader = reader(acceptAny2xx: true)
        if case .delivered = reader.single(answer, now: noon) {
            try hold((200..<300).contains(answer.status), "delivered with \(answer.status)")
        }
        if case .perMessage(let outcomes) = reader.batch(count: count, answer, now: noon) {
            try hold(outcomes.count == count, "\(outcomes.count) outcomes for \(count)")
        }
    }

    private static func holdWords(_ outcome: Outcome) throws(Finding) {
        if case .delivered(let tracer?) = outcome {
            try Harmless.forTerminals(tracer, "a tracer")
            try hold((1...256).contains(tracer.utf8.count), "a tracer of \(tracer.utf8.count)")
        }
        let words = outcome.message
        try Harmless.forTerminals(words, "the words")
        try hold(words.utf8.count <= Limits.excerptBytes, "words of \(words.utf8.count) bytes")
        try hold(!words.contains(hidden), "the token in: \(words)")
    }
}
