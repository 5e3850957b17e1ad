/// Why a request did not become an event.
package enum IntakeRefusal: String, CaseIterable, Sendable {
    /// Wrong token, unknown source or hook: 404.
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case queryTooLong = "query_too_long"
    case tooLarge = "too_large"
    /// A check failed: 401.
    case unauthorized
    /// A drop-in inlet does not take this flow: 400.
    case unknownFlow = "unknown_flow"
    case malformedBatch = "malformed_batch"
}
