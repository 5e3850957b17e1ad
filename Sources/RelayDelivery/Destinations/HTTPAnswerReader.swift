import Platform
import RelayCore

/// What a plain HTTP endpoint's status means. Without a contract about bodies the status is all
/// there is.
enum HTTPAnswerReader {
    static func outcome(
        status: Int, retryAfter: String?, body: [UInt8], acceptAny2xx: Bool,
        hiding hidden: [String], now: Timestamp
    ) -> Outcome {
        func message(_ remark: String = "") -> String {
            words(status, body, remark, hiding: hidden)
        }
        let retryAfterMs = RetryAfter.milliseconds(retryAfter, now: now)
        switch status {
        case 200..<300:
            // Where the operator wants evidence, a proxy's page is none: the answer must be JSON.
            if acceptAny2xx { return .delivered(tracer: nil) }
            if case .valid = JSONScanner.verdict(on: body) { return .delivered(tracer: nil) }
            return .unknown(message: message(" (not JSON)"))
        case 300..<400: return .unknown(message: message(" (redirects are not followed)"))
        case 401: return .credential(.unauthorized, message: message())
        case 403 where body.isEmpty: return .refused(.forbidden, message: message())
        case 403: return .credential(.forbidden, message: message())
        // The address is wrong or retired: the operator's business, no event is at fault.
        case 404, 405, 410, 421, 426: return .refused(.notFound, message: message())
        // A proxy in between wants a password, or a network wants a log-in.
        case 407, 511: return .refused(.unauthorized, message: message())
        case 413: return .tooLarge(message: message())
        case 408, 425: return .retry(.timeout, retryAfterMs: retryAfterMs, message: message())
        case 429: return .retry(.rateLimited, retryAfterMs: retryAfterMs, message: message())
        case 400..<500: return .rejected(message: message())
        case 500..<600: return .retry(.serverError, retryAfterMs: retryAfterMs, message: message())
        default: return .unknown(message: message())
        }
    }

    private static func words(
        _ status: Int, _ body: [UInt8], _ remark: String, hiding hidden: [String]
    ) -> String {
        let front = "HTTP \(status)"
        let limitBytes = Limits.excerptBytes - front.utf8.count - 2 - remark.utf8.count
        let said = Excerpt.of(
            String(decoding: body, as: UTF8.self), hiding: hidden, limitBytes: limitBytes)
        return front + (said.isEmpty ? "" : ": \(said)") + remark
    }
}
