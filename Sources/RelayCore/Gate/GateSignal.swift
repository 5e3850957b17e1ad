/// What one ended send says about its destination, whatever it said about the message.
package enum GateSignal: Sendable, Hashable {
    /// It answered and is well. A refused message counts too: the destination did its work.
    case well
    /// It asks for less: 429, 503, a timeout.
    case busy
    /// It answered with a fault of its own: neither more nor less.
    case unwell
    /// It could not be reached at all.
    case unreachable
    case credential
    case refused
}
