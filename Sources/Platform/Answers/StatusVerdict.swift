import RelayCore

/// What an error status means, for a whole request and for an element of a 207 alike.
///
/// Only what speaks of the content condemns a message (400, 422, 413). All else waits, because the
/// same message is fine once the configuration, the credentials or the destination are: a wrong
/// address (404, 405, 410), a media type or a header that is the same for every message (406, 411,
/// 412, 414, 415, 417, 431 and the 4xx nobody documents), a proxy in between (407, 511).
enum StatusVerdict {
    /// - Parameter hasBody: tells Platform's 403 (the token) from that of the org's allowlist for
    ///   addresses, which comes without a body.
    static func outcome(
        ofStatus status: Int, saying words: String, hasBody: Bool, retryAfterMs: Int64?
    ) -> Outcome {
        let message = words.isEmpty ? "HTTP \(status)" : words
        func retry(_ errorClass: ErrorClass) -> Outcome {
            .retry(errorClass, retryAfterMs: retryAfterMs, message: message)
        }
        return switch status {
        case 400, 422: .rejected(message: message)
        case 413: .tooLarge(message: message)
        case 401: .credential(.unauthorized, message: message)
        case 403 where hasBody: .credential(.forbidden, message: message)
        case 402, 403, 451: .refused(.forbidden, message: message)
        case 404, 405, 410: .refused(.notFound, message: message)
        case 407, 511: .refused(.unauthorized, message: message)
        case 408, 425: retry(.timeout)
        case 409, 423, 424: retry(.serverError)
        case 429: retry(.rateLimited)
        case 400..<500: .refused(.badResponse, message: message)
        case 501: .refused(.serverError, message: Excerpt.of("\(noValidation): \(message)"))
        case 500..<600: retry(.serverError)
        default: .unknown(message: Excerpt.of("HTTP \(status), not followed: \(message)"))
        }
    }

    private static let noValidation =
        "this region has no synchronous validation, take syncValidation out of inletURL"
}
