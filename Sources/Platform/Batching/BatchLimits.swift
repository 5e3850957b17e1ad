/// How large a batch may become.
package struct BatchLimits: Sendable, Hashable {
    package var maxMessages: Int
    /// Of the whole request body.
    package var maxBytes: Int

    package init(maxMessages: Int = 200, maxBytes: Int = 900_000) {
        self.maxMessages = maxMessages
        self.maxBytes = maxBytes
    }
}
