/// A request whose body has arrived completely.
package struct ServerRequest: Sendable {
    package let head: RequestHead
    package let body: [UInt8]
    /// What the handler left at the admission.
    package let context: (any AnyObject & Sendable)?

    package init(
        head: RequestHead, body: [UInt8], context: (any AnyObject & Sendable)? = nil
    ) {
        self.head = head
        self.body = body
        self.context = context
    }
}
