import RelayCore

/// One message that is about to be accepted, and the flow it belongs to.
struct Arrival {
    let message: Message
    /// Nil when nobody knows where it should go.
    let flow: Flow?
    /// The tree of an XDM message; raw ones are left as bytes.
    let envelope: JSONValue?
}
