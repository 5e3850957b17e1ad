/// How many deliveries share a request.
package struct Packing: Sendable, Hashable {
    package let maxMessages: Int
    package let maxBytes: Int
    /// What the stamp, the envelope and the comma may add to one body at the most.
    package let overheadBytes: Int
    /// How long a batch may wait for company while another request is under way. A lonely event
    /// never waits.
    package let lingerMs: Int

    package init(maxMessages: Int, maxBytes: Int, overheadBytes: Int, lingerMs: Int) {
        self.maxMessages = maxMessages
        self.maxBytes = maxBytes
        self.overheadBytes = overheadBytes
        self.lingerMs = lingerMs
    }
}
