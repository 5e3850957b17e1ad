import HTTPClient
import Platform
package import RelayCore
import RelayStore
package import Signing

/// Brings events to any HTTP endpoint, one a request, signed with Standard Webhooks when a secret
/// is configured. The signature covers the id, the time of the attempt and the bytes sent.
package final class HTTPCourier: Courier {
    private let url: String
    private let signer: StandardWebhooksSigner?
    private let extraHeaders: [String]
    /// What an answer must not repeat into our tables.
    private let hidden: [String]
    private let stamp: Bool
    private let acceptAny2xx: Bool
    private let names: Names
    private let letterbox: Letterbox
    private let sender: any Sending
    private let clock: any Clock
    package let packing: Packing? = nil

    package init(
        url: String, signingSecret: Secret?, extraHeaders: [(name: String, value: String)],
        stamp: Bool, acceptAny2xx: Bool, names: Names, letterbox: Letterbox, sender: any Sending,
        clock: any Clock
    ) {
        self.url = url
        signer = signingSecret.flatMap(StandardWebhooksSigner.init)
        hidden = extraHeaders.map(\.value).filter { $0.utf8.count >= 8 }
        self.extraHeaders = extraHeaders.map { "\($0.name): \($0.value)" }
        self.stamp = stamp
        self.acceptAny2xx = acceptAny2xx
        self.names = names
        self.letterbox = letterbox
        self.sender = sender
        self.clock = clock
    }

    package func reset(wasRefused: Bool) {}

    package func carry(_ parcel: Parcel, completion: @escaping @Sendable (ParcelReport) -> Void) {
        precondition(parcel.claims.count == 1, "an http destination takes one event a request")
        let claim = parcel.claims[0]
        let departure = Departure(clock)
        let body = stamp ? stamped(claim) : claim.body
        var headers = ["Content-Type: application/json"] + extraHeaders
        if let signer { headers += signer.headers(id: "\(claim.id)", at: departure.at, body: body) }
        headers += parcel.traceHeaders
        let request = letterbox.request(url: url, headers: headers, body: body)
        sender.send(request) { [self] result in
            completion(read(result, departure))
        }
    }

    private func stamped(_ claim: Claim) -> [UInt8] {
        let message = OutgoingMessage(
            id: claim.id, receivedAt: claim.receivedAt, source: names.source(claim.source),
            hook: names.hook(claim.hook), attempt: claim.attempts + 1, body: claim.body)
        return StampedBody.of(message)
    }

    private func read(
        _ result: Result<ClientResponse, ClientFailure>, _ departure: Departure
    ) -> ParcelReport {
        let durationMs = departure.durationMs(until: clock)
        switch result {
        case .failure(let failure) where failure.kind == .cancelled:
            return ParcelReport(
                verdict: .notSent(nil), signal: .unwell, status: nil, startedAt: departure.at,
                durationMs: 0)
        case .failure(let failure):
            let outcome = Outcome(failure)
            return ParcelReport(
                verdict: .each([outcome]), signal: GateSignal(outcome, status: nil), status: nil,
                startedAt: departure.at, durationMs: durationMs)
        case .success(let response):
            let outcome = HTTPAnswerReader.outcome(
                status: response.status, retryAfter: response.headers["retry-after"],
                body: response.body, acceptAny2xx: acceptAny2xx, hiding: hidden, now: clock.now)
            return ParcelReport(
                verdict: .each([outcome]), signal: GateSignal(outcome, status: response.status),
                status: response.status, startedAt: departure.at, durationMs: durationMs)
        }
    }
}
