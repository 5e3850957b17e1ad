package import RelayCore

/// How a claimed delivery ended, or goes on.
package struct Finish: Sendable {
    package enum Result: Sendable, Equatable {
        case delivered
        case retry(at: Timestamp)
        case dead(ErrorClass)
        case expired
    }

    package let claim: Claim
    package let result: Result
    /// nil: it ended without another send, because it grew too old.
    package let attempt: Attempt?

    package init(claim: Claim, result: Result, attempt: Attempt?) {
        self.claim = claim
        self.result = result
        self.attempt = attempt
    }

    /// Sends made, this one included.
    var sends: Int { attempt == nil ? claim.attempts : claim.attempts + 1 }
}
