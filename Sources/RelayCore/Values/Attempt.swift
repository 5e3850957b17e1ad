/// One send and what came back.
package struct Attempt: Sendable, Hashable {
    package let startedAt: Timestamp
    package let durationMs: Int64
    /// The HTTP status, when there was an answer.
    package let status: Int?
    package let errorClass: ErrorClass?
    /// The destination's words or the fault's, bounded; nil on success.
    package let message: String?
    /// The destination's own id for what it took.
    package let tracer: String?

    package init(
        startedAt: Timestamp, durationMs: Int64, status: Int?, errorClass: ErrorClass?,
        message: String?, tracer: String?
    ) {
        self.startedAt = startedAt
        self.durationMs = durationMs
        self.status = status
        self.errorClass = errorClass
        self.message = message
        self.tracer = tracer
    }
}
