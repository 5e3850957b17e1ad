import Platform
import RelayCore
import Testing

/// One row of the contract: an answer and what it must come to.
struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let answer: PlatformAnswer
    let expected: Expected

    /// An outcome without its words.
    enum Expected: Hashable, Sendable {
        case delivered(String?)
        case retry(ErrorClass, Int64?)
        case rejected, tooLarge, unknown
        case credential(ErrorClass)
        case refused(ErrorClass)

        init(_ outcome: Outcome) {
            self =
                switch outcome {
                case .delivered(let tracer): .delivered(tracer)
                case .retry(let errorClass, let retryAfterMs, _): .retry(errorClass, retryAfterMs)
                case .rejected: .rejected
                case .tooLarge: .tooLarge
                case .credential(let errorClass, _): .credential(errorClass)
                case .refused(let errorClass, _): .refused(errorClass)
                case .unknown: .unknown
                }
        }
    }

    init(
        _ name: String, _ status: Int, _ body: String, retryAfter: String? = nil,
        truncated: Bool = false, _ expected: Expected
    ) {
        self.name = name
        answer = PlatformAnswer(
            status: status, retryAfter: retryAfter, body: Array(body.utf8),
            isTruncated: truncated)
        self.expected = expected
    }

    /// Without a body.
    init(_ name: String, _ status: Int, retryAfter: String? = nil, _ expected: Expected) {
        self.init(name, status, "", retryAfter: retryAfter, expected)
    }

    var testDescription: String { name }
}

let noon = Timestamp(milliseconds: 1_795_867_200_000)
