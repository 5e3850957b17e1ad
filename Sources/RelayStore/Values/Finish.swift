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
    package let attempt: Attempt

    package init(claim: Claim, result: Result, attempt: Attempt) {
        self.claim = claim
        self.result = result
        self.attempt = attempt
    }
}
