/// What to do with a request of which only the head is known.
package enum Admission: Sendable {
    /// Read the body, then call `respond`; a longer body is answered by `bodyTooLarge`.
    case collect(bodyLimitBytes: Int)
    /// Answer at once. When a body was announced it is not read and the connection is closed.
    case answer(ServerResponse)
}
