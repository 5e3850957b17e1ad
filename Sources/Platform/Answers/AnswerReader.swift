package import RelayCore
package import Signing

/// Reads the answers of an inlet. Anything may come; nothing traps.
///
/// What counts as evidence of success:
/// - for one message, 2xx but not 207: a JSON object that does not contradict the status. Its keys
///   vary from page to page of Adobe's documentation, so none of them is required.
/// - in a 207, and in any 2xx to a batch: an object that speaks of this message, has an
///   `xactionId` and does not contradict it.
/// - with `acceptAny2xx`: also a 2xx with a foreign body, but neither a 207, which by its nature
///   may hold failures, nor what was cut short, nor an object that reports a failing status.
package struct AnswerReader: Sendable {
    private let acceptAny2xx: Bool
    private let hidden: [String]

    /// - Parameter hiding: what must not come back to us in a message, such as the token sent.
    package init(acceptAny2xx: Bool = false, hiding secrets: [Secret] = []) {
        self.acceptAny2xx = acceptAny2xx
        hidden = secrets.map { String(decoding: $0.revealed, as: UTF8.self) }
    }

    /// The answer to a request that held one message and went to the inlet itself.
    package func single(_ answer: PlatformAnswer, now: Timestamp) -> Outcome {
        guard answer.isSuccess else { return verdict(answer, now: now) }
        guard let object = answer.object else { return foreign(answer) }
        if answer.status == 207 || object["responses"] != nil {
            return perMessage(object, count: 1, answer, now: now)?.first ?? unreadable(answer)
        }
        let report = MessageReport(object)
        if acceptAny2xx ? !report.fails : !report.contradicts {
            return .delivered(tracer: report.tracer)
        }
        return unreadable(answer)
    }

    /// The answer to `count` messages that went to the batch address.
    package func batch(count: Int, _ answer: PlatformAnswer, now: Timestamp) -> BatchAnswer {
        guard answer.isSuccess else { return .whole(wholeVerdict(count: count, answer, now: now)) }
        guard let object = answer.object else { return .whole(.outcome(foreign(answer))) }
        guard let outcomes = perMessage(object, count: count, answer, now: now) else {
            return .whole(.outcome(unreadable(answer)))
        }
        return .perMessage(outcomes)
    }

    /// An outcome for each message, as far as the object speaks of single messages at all.
    private func perMessage(
        _ object: JSONObject, count: Int, _ answer: PlatformAnswer, now: Timestamp
    ) -> [Outcome]? {
        let top = MessageReport(object)
        let retryAfterMs = RetryAfter.milliseconds(answer.retryAfter, now: now)
        guard let responses = object["responses"] else {
            if acceptAny2xx, answer.status != 207, !top.fails {
                return Array(repeating: .delivered(tracer: top.tracer), count: count)
            }
            guard count == 1 else { return nil }
            return [top.outcome(retryAfterMs: retryAfterMs, hiding: hidden)]
        }
        guard let elements = responses.array else { return nil }
        let outcomes = ElementCorrelation(
            elements, batchID: object["batchId"]?.string, retryAfterMs: retryAfterMs,
            hiding: hidden
        ).outcomes(count: count)
        guard top.contradicts else { return outcomes }
        // The answer as a whole speaks of a failure: no element can prove the opposite.
        return outcomes.map { outcome in
            if case .delivered = outcome { unreadable(answer) } else { outcome }
        }
    }

    private func wholeVerdict(
        count: Int, _ answer: PlatformAnswer, now: Timestamp
    ) -> WholeBatch {
        let outcome = verdict(answer, now: now)
        switch outcome {
        case .rejected(let message) where count > 1: return .split(message: message)
        case .tooLarge(let message) where count > 1: return .halve(message: message)
        default: return .outcome(outcome)
        }
    }

    private func verdict(_ answer: PlatformAnswer, now: Timestamp) -> Outcome {
        StatusVerdict.outcome(
            ofStatus: answer.status, saying: words(answer), hasBody: answer.hasBody,
            retryAfterMs: RetryAfter.milliseconds(answer.retryAfter, now: now))
    }

    /// A 2xx whose body is no JSON object.
    private func foreign(_ answer: PlatformAnswer) -> Outcome {
        if acceptAny2xx, answer.status != 207, !answer.isTruncated {
            return .delivered(tracer: nil)
        }
        return unreadable(answer)
    }

    private func unreadable(_ answer: PlatformAnswer) -> Outcome {
        let said = words(answer)
        let body = said.isEmpty ? "no body" : "a body that proves nothing: \(said)"
        return .unknown(message: Excerpt.of("HTTP \(answer.status) with \(body)"))
    }

    private func words(_ answer: PlatformAnswer) -> String {
        PlatformWords.of(answer, hiding: hidden)
    }
}
