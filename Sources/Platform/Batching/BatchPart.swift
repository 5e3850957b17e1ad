/// A piece of a run of messages.
package enum BatchPart: Sendable, Hashable {
    /// Goes out as one request. A piece of one message is meant for the inlet itself.
    case send(Range<Int>)
    /// The message at this index is over Platform's limit even when it goes alone.
    case tooLarge(Int)
}
