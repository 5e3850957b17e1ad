import HTTPClient
import RelayCore

extension GateSignal {
    /// What one outcome says about the destination.
    init(_ outcome: Outcome, status: Int?) {
        switch outcome {
        case .delivered, .rejected, .tooLarge: self = .well
        case .credential: self = .credential
        case .refused: self = .refused
        case .unknown: self = .unwell
        case .retry(let errorClass, _, _):
            switch errorClass {
            case .rateLimited, .timeout: self = .busy
            case .network, .tls: self = .unreachable
            default: self = status == 503 ? .busy : .unwell
            }
        }
    }

    /// What the token endpoint's failure says: without a token the destination cannot be reached,
    /// whatever is wrong with the endpoint.
    init(access outcome: Outcome) {
        if case .credential = outcome { self = .credential } else { self = .unreachable }
    }

    /// What a whole answer says. One that speaks of each message says of the destination what all
    /// of them have in common; where they differ it has done its work, and asks for less if it says
    /// so of any.
    init(_ outcomes: [Outcome], status: Int?) {
        guard let first = outcomes.first else {
            self = .unwell
            return
        }
        let signal = GateSignal(first, status: status)
        self = signal
        for outcome in outcomes.dropFirst() {
            let other = GateSignal(outcome, status: status)
            if other == .busy {
                self = .busy
                return
            }
            if other != signal { self = signal == .busy ? .busy : .well }
        }
    }
}

extension Outcome {
    /// No answer at all: again later. Whether the request had arrived makes no difference to what
    /// is done, since the id stays the same; it is said for the operator.
    init(_ failure: ClientFailure) {
        let errorClass: ErrorClass =
            switch failure.kind {
            case .timeout: failure.requestMayHaveArrived ? .timeout : .network
            case .tls: .tls
            default: .network
            }
        self = .retry(errorClass, retryAfterMs: nil, message: failure.message)
    }
}
