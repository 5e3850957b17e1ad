/// Refuses some messages of a batch with an error of their own.
struct ElementFault: Sendable {
    var status: Int
    var message: String
    /// Only messages with this text in them.
    var contains: [UInt8]?
    /// Only every so-manieth of those, from the first.
    var every = 1

    /// Whether the message is refused; `seen` counts the candidates so far.
    func hits(_ body: [UInt8], seen: inout Int) -> Bool {
        if let contains, !body.contains(sequence: contains) { return false }
        defer { seen += 1 }
        return seen.isMultiple(of: every)
    }
}
