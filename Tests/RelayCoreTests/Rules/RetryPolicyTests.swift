import RelayCore
import RelayTesting
import Testing

@Suite struct RetryPolicyTests {
    private let received = ManualClock.start
    private var draw = RandomDraw(SeededRandom(seed: 1))

    @Test mutating func `success ends it and a refused message dies at once`() {
        let policy = RetryPolicy()
        #expect(decide(policy, .delivered(tracer: nil)) == .done)
        #expect(decide(policy, .rejected(message: "no")) == .dead(.rejected))
        #expect(decide(policy, .tooLarge(message: "big")) == .dead(.tooLarge))
    }

    @Test mutating func `waits grow exponentially with full jitter up to the cap`() {
        let policy = RetryPolicy(firstMs: 1000, factor: 2, capMs: 60_000)
        for attempts in 1...12 {
            let boundMs = min(Int64(1000) << Int64(attempts - 1), 60_000)
            var longestMs: Int64 = 0
            for _ in 0..<500 {
                let waitMs = waitMs(policy, failure, attempts: attempts)
                #expect(waitMs >= 1 && waitMs <= boundMs)
                longestMs = max(longestMs, waitMs)
            }
            // Full jitter: the upper tenth is reached, too.
            #expect(longestMs > boundMs * 9 / 10)
        }
    }

    @Test mutating func `what the destination asked for is a lower bound, itself bounded`() {
        let policy = RetryPolicy(firstMs: 10, capMs: 10, retryAfterCapMs: 5000)
        let polite = Outcome.retry(.rateLimited, retryAfterMs: 3000, message: "")
        let greedy = Outcome.retry(.rateLimited, retryAfterMs: 9_000_000, message: "")
        let negative = Outcome.retry(.rateLimited, retryAfterMs: -5, message: "")
        #expect((3001...3010).contains(waitMs(policy, polite, attempts: 1)))
        #expect((5001...5010).contains(waitMs(policy, greedy, attempts: 1)))
        #expect((1...10).contains(waitMs(policy, negative, attempts: 1)))
    }

    @Test mutating func `the last attempt is the last`() {
        let policy = RetryPolicy(maxAttempts: 3)
        #expect(decide(policy, failure, attempts: 2) != .dead(.serverError))
        #expect(decide(policy, failure, attempts: 3) == .dead(.serverError))
    }

    @Test mutating func `a replay is not held to the attempts before it`() {
        let policy = RetryPolicy(maxAttempts: 3, maxAgeMs: 1000)
        let decision = policy.decide(
            failure, attempts: 9, ageMs: 0, isReplay: true, now: received, using: &draw)
        guard case .retry = decision else {
            Issue.record("it must be tried again, not \(decision)")
            return
        }
        #expect(
            policy.decide(
                failure, attempts: 9, ageMs: 1000, isReplay: true, now: received, using: &draw)
                == .expired)
    }

    @Test mutating func `an old event expires, or dies when so configured`() {
        let late = received.adding(ms: 60_000)
        let expiring = RetryPolicy(maxAgeMs: 60_000)
        let dying = RetryPolicy(maxAgeMs: 60_000, onExpiry: .dead)
        #expect(decide(expiring, failure, now: late) == .expired)
        #expect(decide(dying, failure, now: late) == .dead(.expired))
        #expect(decide(expiring, .delivered(tracer: nil), now: late) == .done)
    }

    @Test mutating func `no event dies for a fault of the destination`() {
        let policy = RetryPolicy(maxAttempts: 1, maxAgeMs: 1000)
        let late = received.adding(ms: 3_600_000)
        for outcome in [
            Outcome.credential(.unauthorized, message: ""), .refused(.notFound, message: ""),
        ] {
            guard case .retry = decide(policy, outcome, attempts: 9, now: late) else {
                Issue.record("\(outcome) must wait")
                continue
            }
        }
    }

    private let failure = Outcome.retry(.serverError, retryAfterMs: nil, message: "")

    private mutating func decide(
        _ policy: RetryPolicy, _ outcome: Outcome, attempts: Int = 1, now: Timestamp? = nil
    ) -> RetryPolicy.Decision {
        policy.decide(
            outcome, attempts: attempts, ageMs: (now ?? received).millisecondsSince(received),
            now: now ?? received, using: &draw)
    }

    private mutating func waitMs(
        _ policy: RetryPolicy, _ outcome: Outcome, attempts: Int
    ) -> Int64 {
        guard case .retry(let due) = decide(policy, outcome, attempts: attempts) else { return -1 }
        return due.millisecondsSince(received)
    }
}
