/// What to do with a request of which only the head is known.
package enum Admission: Sendable {
    /// Read the body, then call `respond` with the same context: what was found out about the head
    /// need not be found out again. A longer body is answered by `bodyTooLarge`.
    case collect(bodyLimitBytes: Int, context: (any AnyObject & Sendable)? = nil)
    /// Answer at once. When a body was announced it is not read and the connection is closed.
    case answer(ServerResponse)
}
