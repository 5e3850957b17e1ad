import HTTPServer

/// An address together with the manner of its callers.
enum Door: Sendable {
    /// Nil: the path held the token, which proves enough.
    case hook(Endpoint, RequestVerifier?)
    /// One message, answered as Platform would.
    case inlet(Endpoint, Inlet)
    /// Many messages in one request, answered as Platform would.
    case inletBatch(Endpoint, Inlet)

    /// The refusals that do not depend on who asks, in the words of the address.
    var methodNotAllowed: ServerResponse {
        isInlet ? InletAnswer.methodNotAllowed : Problem.methodNotAllowed
    }
    var queryTooLong: ServerResponse {
        isInlet ? InletAnswer.queryTooLong : Problem.queryTooLong
    }
    var tooLarge: ServerResponse { isInlet ? InletAnswer.tooLarge : Problem.tooLarge }

    func overBudget() -> ServerResponse {
        let seconds = Problem.retryAfterSeconds()
        return isInlet
            ? InletAnswer.overBudget(retryAfterSeconds: seconds)
            : Problem.overBudget(retryAfterSeconds: seconds)
    }

    private var isInlet: Bool {
        switch self {
        case .hook: false
        case .inlet, .inletBatch: true
        }
    }
}
