package import RelayCore

/// What one request came to.
package struct ParcelReport: Sendable {
    package enum Verdict: Sendable, Hashable {
        /// One outcome for each claim, in order.
        case each([Outcome])
        /// The whole parcel was refused for the sake of some of it: send its halves.
        case halve
        /// Nothing was sent: the deliveries are as they were. With a reason when something stood
        /// in the way (no token to be had), without when the relay is stopping.
        case notSent(Outcome?)
    }

    package let verdict: Verdict
    package let signal: GateSignal
    package let status: Int?
    package let startedAt: Timestamp
    package let durationMs: Int64

    /// How long the destination asked to be left alone, ms.
    var askedMs: Int64? {
        guard case .each(let outcomes) = verdict, signal == .busy else { return nil }
        return outcomes.lazy.compactMap { outcome -> Int64? in
            guard case .retry(_, let retryAfterMs, _) = outcome else { return nil }
            return retryAfterMs
        }.max()
    }

    package init(
        verdict: Verdict, signal: GateSignal, status: Int?, startedAt: Timestamp, durationMs: Int64
    ) {
        self.verdict = verdict
        self.signal = signal
        self.status = status
        self.startedAt = startedAt
        self.durationMs = durationMs
    }
}
