/// How many deliveries share a request.
package struct Packing: Sendable, Hashable {
    package let maxMessages: Int
    package let maxBytes: Int
    /// How long a started batch waits for more when others are under way anyway. A lonely event
    /// never waits.
    package let lingerMs: Int

    package init(maxMessages: Int, maxBytes: Int, lingerMs: Int) {
        self.maxMessages = maxMessages
        self.maxBytes = maxBytes
        self.lingerMs = lingerMs
    }
}
