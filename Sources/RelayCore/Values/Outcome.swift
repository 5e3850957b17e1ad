/// What one attempt came to, as read from the destination's answer. A value: nothing acts here.
package enum Outcome: Hashable, Sendable {
    /// The destination has it.
    case delivered(tracer: String?)
    /// The destination is unwell or busy: again later, not before `retryAfterMs` when it asked so.
    case retry(ErrorClass, retryAfterMs: Int64?, message: String)
    /// This message will never be taken as it is.
    case rejected(message: String)
    case tooLarge(message: String)
    /// The destination does not accept our credentials; the message is not at fault.
    case credential(ErrorClass, message: String)
    /// The destination does not know us or the address; the message is not at fault.
    case refused(ErrorClass, message: String)
    /// An answer that does not say what became of the message: sent again under the same id.
    case unknown(message: String)

    package var errorClass: ErrorClass? {
        switch self {
        case .delivered: nil
        case .retry(let errorClass, _, _), .credential(let errorClass, _),
            .refused(let errorClass, _):
            errorClass
        case .rejected: .rejected
        case .tooLarge: .tooLarge
        case .unknown: .badResponse
        }
    }

    /// The destination's own words, bounded by the reader; empty for success.
    package var message: String {
        switch self {
        case .delivered: ""
        case .retry(_, _, let message), .rejected(let message), .tooLarge(let message),
            .credential(_, let message), .refused(_, let message), .unknown(let message):
            message
        }
    }
}
