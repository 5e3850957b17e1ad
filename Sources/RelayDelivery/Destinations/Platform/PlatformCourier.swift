import HTTPClient
package import Platform
package import RelayCore
import RelayStore

/// Speaks Platform's language: builds the request, sends it, reads every dialect of the answer.
package final class PlatformCourier: Courier {
    private let inlet: PlatformInlet
    private let access: any PlatformAccess
    private let names: Names
    private let letterbox: Letterbox
    private let sender: any Sending
    private let clock: any Clock
    package let packing: Packing?

    package init(
        inlet: PlatformInlet, packing: Packing?, access: any PlatformAccess, names: Names,
        letterbox: Letterbox, sender: any Sending, clock: any Clock
    ) {
        self.inlet = inlet
        self.packing = packing
        self.access = access
        self.names = names
        self.letterbox = letterbox
        self.sender = sender
        self.clock = clock
    }

    package func reset(wasRefused: Bool) { access.reset(wasRefused: wasRefused) }

    package var tokenExpiresAt: Timestamp? { access.tokenExpiresAt }

    package func carry(_ parcel: Parcel, completion: @escaping @Sendable (ParcelReport) -> Void) {
        carry(parcel, isSecondTry: false, completion: completion)
    }

    private func carry(
        _ parcel: Parcel, isSecondTry: Bool,
        completion: @escaping @Sendable (ParcelReport) -> Void
    ) {
        access.pass { [self] pass in
            let departure = Departure(clock)
            switch pass {
            case .failure(let outcome):
                completion(
                    ParcelReport(
                        verdict: .notSent(outcome), signal: GateSignal(access: outcome),
                        status: nil, startedAt: departure.at,
                        durationMs: departure.durationMs(until: clock)))
            case .success(let pass):
                send(
                    parcel, pass: pass, departure: departure, isSecondTry: isSecondTry,
                    completion: completion)
            }
        }
    }

    private func send(
        _ parcel: Parcel, pass: PlatformPass, departure: Departure, isSecondTry: Bool,
        completion: @escaping @Sendable (ParcelReport) -> Void
    ) {
        let request = pass.builder.request(for: parcel.claims.map(message))
        let outgoing = letterbox.request(
            url: request.url, headers: request.headers + parcel.traceHeaders, body: request.body)
        sender.send(outgoing) { [self] result in
            let report = read(result, parcel: parcel, pass: pass, departure: departure)
            // A token may have died before its time: once more with a new one, then believe it.
            if report.signal == .credential, !isSecondTry, access.renew(after: pass) {
                carry(parcel, isSecondTry: true, completion: completion)
            } else {
                completion(report)
            }
        }
    }

    private func message(_ claim: Claim) -> OutgoingMessage {
        OutgoingMessage(
            id: claim.id, receivedAt: claim.receivedAt, source: names.source(claim.source),
            hook: names.hook(claim.hook), attempt: claim.attempts + 1, body: claim.body)
    }

    private func read(
        _ result: Result<ClientResponse, ClientFailure>, parcel: Parcel, pass: PlatformPass,
        departure: Departure
    ) -> ParcelReport {
        switch result {
        case .failure(let failure) where failure.kind == .cancelled:
            return ParcelReport(
                verdict: .notSent(nil), signal: .unwell, status: nil, startedAt: departure.at,
                durationMs: 0)
        case .failure(let failure):
            return report(parcel, all: Outcome(failure), status: nil, departure: departure)
        case .success(let response):
            let answer = PlatformAnswer(
                status: response.status, retryAfter: response.headers["retry-after"],
                body: response.body, isTruncated: response.bodyTruncated)
            return read(answer, parcel: parcel, pass: pass, departure: departure)
        }
    }

    private func read(
        _ answer: PlatformAnswer, parcel: Parcel, pass: PlatformPass, departure: Departure
    ) -> ParcelReport {
        let now = clock.now
        if parcel.claims.count == 1 {
            let outcome = pass.reader.single(answer, now: now)
            return report(parcel, all: outcome, status: answer.status, departure: departure)
        }
        switch pass.reader.batch(count: parcel.claims.count, answer, now: now) {
        case .perMessage(let outcomes):
            return report(parcel, each: outcomes, status: answer.status, departure: departure)
        case .whole(.outcome(let outcome)):
            return report(parcel, all: outcome, status: answer.status, departure: departure)
        case .whole(.split), .whole(.halve):
            return ParcelReport(
                verdict: .halve, signal: .well, status: answer.status, startedAt: departure.at,
                durationMs: departure.durationMs(until: clock))
        }
    }

    private func report(
        _ parcel: Parcel, all outcome: Outcome, status: Int?, departure: Departure
    ) -> ParcelReport {
        report(
            parcel, each: [Outcome](repeating: outcome, count: parcel.claims.count),
            status: status, departure: departure)
    }

    private func report(
        _ parcel: Parcel, each outcomes: [Outcome], status: Int?, departure: Departure
    ) -> ParcelReport {
        ParcelReport(
            verdict: .each(outcomes), signal: GateSignal(outcomes, status: status), status: status,
            startedAt: departure.at,
            durationMs: departure.durationMs(until: clock))
    }
}
