/// An address together with the manner of its callers.
enum Door: Sendable {
    /// Nil: the path held the token, which proves enough.
    case hook(Endpoint, RequestVerifier?)
    /// One message, answered as Platform would.
    case inlet(Endpoint, Inlet)
    /// Many messages in one request, answered as Platform would.
    case inletBatch(Endpoint, Inlet)
}
