/// A piece of what a sender signs.
package enum SignedPart: Sendable, Equatable {
    case literal(String)
    case body
    /// The very characters that stand in the request.
    case timestamp
    case id
    /// The value of another header.
    case header(String)
}
