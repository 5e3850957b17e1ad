import HTTPClient
package import Platform
package import RelayCore
package import Signing
import Synchronization

/// Passes under an OAuth token: one request to the token endpoint at a time, the token kept until
/// late in its life and renewed beside the deliveries, an old one used as long as it is valid when
/// the endpoint is unwell, several client secrets tried in turn while they are rotated.
package final class TokenAccess: PlatformAccess {
    package typealias Completion = @Sendable (Result<PlatformPass, Outcome>) -> Void

    private struct State {
        var pass: PlatformPass?
        var token: AccessToken?
        var generation = 0
        /// The inlet has refused the token before its time.
        var isDistrusted = false
        var isFetching = false
        var waiters: [Completion] = []
        /// The secret that worked last.
        var secret = 0
        var failures = 0
        var lastFailure: Outcome?
        /// No request before this instant, monotonic ns.
        var notBeforeNs: UInt64 = 0
    }

    private static let backoffFirstMs: Int64 = 1000
    private static let backoffCapMs: Int64 = 60_000

    private let inlet: PlatformInlet
    private let endpoints: [TokenEndpoint]
    private let letterbox: Letterbox
    private let sender: any Sending
    private let clock: any Clock
    private let random: any RandomSource
    private let state = Mutex(State())

    package init(
        inlet: PlatformInlet, clientID: String, clientSecrets: [Secret], scopes: [String],
        tokenURL: String, letterbox: Letterbox, sender: any Sending, clock: any Clock,
        random: any RandomSource
    ) {
        precondition(!clientSecrets.isEmpty)
        self.inlet = inlet
        endpoints = clientSecrets.map {
            TokenEndpoint(url: tokenURL, clientID: clientID, clientSecret: $0, scopes: scopes)
        }
        self.letterbox = letterbox
        self.sender = sender
        self.clock = clock
        self.random = random
    }

    package func pass(completion: @escaping Completion) {
        enum Step { case give(Result<PlatformPass, Outcome>), wait }
        let now = clock.now
        let nowNs = clock.monotonicNanoseconds
        let (step, mustFetch): (Step, Bool) = state.withLock { state in
            if let pass = state.pass, let token = state.token, !state.isDistrusted,
                token.isUsable(at: now)
            {
                let isDue = token.isDueForRefresh(at: now) && nowNs >= state.notBeforeNs
                return (.give(.success(pass)), TokenAccess.beginFetch(&state, if: isDue))
            }
            if !state.isFetching, nowNs < state.notBeforeNs, let failure = state.lastFailure {
                return (.give(.failure(failure)), false)
            }
            state.waiters.append(completion)
            return (.wait, TokenAccess.beginFetch(&state, if: true))
        }
        if mustFetch { fetch(triesLeft: endpoints.count) }
        if case .give(let result) = step { completion(result) }
    }

    package func renew(after pass: PlatformPass) -> Bool {
        state.withLock { state in
            if state.generation == pass.generation { state.isDistrusted = true }
            return true
        }
    }

    /// A token that still serves is kept, whatever else the operator has mended.
    package func reset(wasRefused: Bool) {
        state.withLock { state in
            state.notBeforeNs = 0
            state.failures = 0
            if wasRefused { state.isDistrusted = true }
        }
    }

    package var tokenExpiresAt: Timestamp? { state.withLock { $0.token?.expiresAt } }

    private static func beginFetch(_ state: inout State, if wanted: Bool) -> Bool {
        guard wanted, !state.isFetching else { return false }
        state.isFetching = true
        return true
    }

    private func fetch(triesLeft: Int) {
        let index = state.withLock { $0.secret } % endpoints.count
        let request = endpoints[index].request()
        let outgoing = letterbox.request(
            url: request.url, headers: request.headers, body: request.body)
        sender.send(outgoing) { [self] result in
            let answer = read(result, endpoint: endpoints[index])
            if case .credentialRefused = answer, triesLeft > 1 {
                state.withLock { $0.secret = (index + 1) % endpoints.count }
                fetch(triesLeft: triesLeft - 1)
            } else {
                settle(answer)
            }
        }
    }

    private func read(
        _ result: Result<ClientResponse, ClientFailure>, endpoint: TokenEndpoint
    ) -> TokenAnswer {
        switch result {
        case .failure(let failure):
            let outcome = Outcome(failure)
            return .retry(
                outcome.errorClass ?? .network, retryAfterMs: nil,
                message: "token endpoint: \(failure.message)")
        case .success(let response):
            var generator = RandomDraw(random)
            return endpoint.read(
                PlatformAnswer(
                    status: response.status, retryAfter: response.headers["retry-after"],
                    body: response.body, isTruncated: response.bodyTruncated),
                now: clock.now, using: &generator)
        }
    }

    private func settle(_ answer: TokenAnswer) {
        let now = clock.now
        let nowNs = clock.monotonicNanoseconds
        let (waiters, result) = state.withLock { state in
            state.isFetching = false
            switch answer {
            case .token(let token): accept(token, &state)
            case .credentialRefused(let message):
                // The destination's gate decides when it is tried again.
                state.lastFailure = .credential(.unauthorized, message: message)
                state.notBeforeNs = nowNs
            case .retry(let errorClass, let retryAfterMs, let message):
                state.failures += 1
                let stepMs = min(
                    TokenAccess.backoffFirstMs << Int64(min(state.failures - 1, 10)),
                    TokenAccess.backoffCapMs)
                let waitMs = max(stepMs, min(retryAfterMs ?? 0, 3_600_000))
                state.notBeforeNs = nowNs + UInt64(waitMs) * 1_000_000
                state.lastFailure = .retry(
                    errorClass, retryAfterMs: waitMs, message: message)
            }
            defer { state.waiters.removeAll() }
            return (state.waiters, outcome(state, now: now))
        }
        for waiter in waiters { waiter(result) }
    }

    private func accept(_ token: AccessToken, _ state: inout State) {
        state.generation += 1
        state.token = token
        state.isDistrusted = false
        state.failures = 0
        state.notBeforeNs = 0
        state.lastFailure = nil
        state.pass = PlatformPass(
            builder: RequestBuilder(inlet, token: token),
            reader: AnswerReader(
                acceptAny2xx: inlet.acceptAny2xx,
                hiding: [token.value] + inlet.secretHeaderValues),
            generation: state.generation)
    }

    /// A failed renewal is no failure while the old token serves.
    private func outcome(_ state: State, now: Timestamp) -> Result<PlatformPass, Outcome> {
        if let failure = state.lastFailure {
            if let pass = state.pass, let token = state.token, !state.isDistrusted,
                token.isUsable(at: now)
            {
                return .success(pass)
            }
            return .failure(failure)
        }
        guard let pass = state.pass else { preconditionFailure("neither a token nor a failure") }
        return .success(pass)
    }
}
