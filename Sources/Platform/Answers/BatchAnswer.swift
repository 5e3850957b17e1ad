package import RelayCore

/// What an answer to a batch says.
package enum BatchAnswer: Sendable, Hashable {
    /// One outcome for each message sent, in their order.
    case perMessage([Outcome])
    case whole(WholeBatch)
}

/// What holds for all messages of a batch alike.
package enum WholeBatch: Sendable, Hashable {
    /// At least one message is at fault: send smaller batches, at last single messages. Never for
    /// a batch of one.
    case split(message: String)
    /// The request was too large. Never for a batch of one.
    case halve(message: String)
    case outcome(Outcome)
}
