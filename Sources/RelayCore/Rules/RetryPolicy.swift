/// When a failed delivery is due again, and when it is given up: exponential with full jitter,
/// never earlier than the destination asked for.
package struct RetryPolicy: Hashable, Sendable {
    package enum Expiry: String, Sendable { case expired, dead }

    package enum Decision: Hashable, Sendable {
        case done
        case retry(at: Timestamp)
        case dead(ErrorClass)
        case expired
    }

    package let firstMs: Int64
    package let factor: Double
    package let capMs: Int64
    /// 0: no limit but the age.
    package let maxAttempts: Int
    package let maxAgeMs: Int64
    package let onExpiry: Expiry
    /// A destination that asks for longer is asked again after this all the same.
    package let retryAfterCapMs: Int64

    package init(
        firstMs: Int64 = 1000, factor: Double = 2, capMs: Int64 = 3_600_000, maxAttempts: Int = 0,
        maxAgeMs: Int64 = 7 * 86_400_000, onExpiry: Expiry = .expired,
        retryAfterCapMs: Int64 = 3_600_000
    ) {
        self.firstMs = firstMs
        self.factor = factor
        self.capMs = capMs
        self.maxAttempts = maxAttempts
        self.maxAgeMs = maxAgeMs
        self.onExpiry = onExpiry
        self.retryAfterCapMs = retryAfterCapMs
    }

    /// - Parameters:
    ///   - attempts: sends made so far, this one included.
    ///   - ageMs: since the event was received, or sent again by an operator.
    ///   - isReplay: its earlier attempts do not count against it; its age does.
    package func decide(
        _ outcome: Outcome, attempts: Int, ageMs: Int64, isReplay: Bool = false, now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> Decision {
        switch outcome {
        case .delivered: return .done
        case .rejected: return .dead(.rejected)
        case .tooLarge: return .dead(.tooLarge)
        case .credential, .refused:
            // The destination's fault: neither the number of attempts nor the age ends it.
            return .retry(at: now.adding(ms: delayMs(attempts: 1, using: &random)))
        case .retry(let errorClass, let retryAfterMs, _):
            return again(
                errorClass, attempts: attempts, ageMs: ageMs, isReplay: isReplay, now: now,
                notBeforeMs: retryAfterMs ?? 0, using: &random)
        case .unknown:
            return again(
                .badResponse, attempts: attempts, ageMs: ageMs, isReplay: isReplay, now: now,
                notBeforeMs: 0, using: &random)
        }
    }

    private func again(
        _ errorClass: ErrorClass, attempts: Int, ageMs: Int64, isReplay: Bool, now: Timestamp,
        notBeforeMs: Int64, using random: inout some RandomNumberGenerator
    ) -> Decision {
        if maxAttempts > 0, attempts >= maxAttempts, !isReplay { return .dead(errorClass) }
        if ageMs >= maxAgeMs {
            return onExpiry == .expired ? .expired : .dead(.expired)
        }
        let floorMs = min(max(notBeforeMs, 0), retryAfterCapMs)
        // The jitter comes on top of what was asked, so that a crowd told the same second spreads.
        return .retry(at: now.adding(ms: floorMs + delayMs(attempts: attempts, using: &random)))
    }

    /// Full jitter between 0 and the exponential step, but never 0: a due time lies in the future.
    func delayMs(attempts: Int, using random: inout some RandomNumberGenerator) -> Int64 {
        var stepMs = Double(firstMs)
        for _ in 1..<max(attempts, 1) {
            stepMs *= factor
            if stepMs >= Double(capMs) { break }
        }
        let boundMs = max(Int64(min(stepMs, Double(capMs))), 1)
        return Int64.random(in: 1...boundMs, using: &random)
    }
}
