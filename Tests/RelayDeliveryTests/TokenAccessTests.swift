import HTTPClient
import Platform
import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import Signing
import Testing

@Suite struct TokenAccessTests {
    private let clock = ManualClock()
    private let sender = ScriptedSender()
    private let secrets = ["secret-one-0123456789", "secret-two-0123456789"]

    @Test func `one token serves many and is asked for once at a time`() {
        let access = access()
        let passes = Mailbox<Result<PlatformPass, Outcome>>()
        for _ in 0..<3 { access.pass { passes.put($0) } }
        let request = sender.next()
        #expect(request.text.contains("grant_type=client_credentials"))
        #expect(sender.waiting == 0, "one flight")
        request.answer(200, token("t1", seconds: 1000))
        for _ in 0..<3 { #expect(line(passes.take()) == "Authorization: Bearer t1") }
        access.pass { passes.put($0) }
        #expect(line(passes.take()) == "Authorization: Bearer t1")
        #expect(sender.waiting == 0)
    }

    @Test func `it is renewed late in its life while the old one still serves`() {
        let access = access()
        let passes = ready(access, seconds: 1000)
        clock.advance(ms: 700_000)
        access.pass { passes.put($0) }
        #expect(line(passes.take()) == "Authorization: Bearer t1")
        #expect(sender.waiting == 0, "not before 80 per cent")
        clock.advance(ms: 255_000)
        access.pass { passes.put($0) }
        #expect(line(passes.take()) == "Authorization: Bearer t1")
        sender.next().answer(503)
        access.pass { passes.put($0) }
        #expect(line(passes.take()) == "Authorization: Bearer t1", "still valid")
        #expect(sender.waiting == 0, "the endpoint is given time")
        clock.advance(ms: 2000)
        access.pass { passes.put($0) }
        _ = passes.take()
        sender.next().answer(200, token("t2", seconds: 1000))
        access.pass { passes.put($0) }
        #expect(line(passes.take()) == "Authorization: Bearer t2")
    }

    @Test func `milliseconds of the older endpoints are understood`() {
        let access = access()
        let passes = Mailbox<Result<PlatformPass, Outcome>>()
        access.pass { passes.put($0) }
        sender.next().answer(200, token("t1", seconds: 86_399_992))
        _ = passes.take()
        clock.advance(ms: 86_399_000)
        access.pass { passes.put($0) }
        #expect(line(passes.take()) == "Authorization: Bearer t1")
        _ = sender.next()
        clock.advance(ms: 1000)
        access.pass { passes.put($0) }
        #expect(passes.count == 0, "a day later it is over and a new one must come")
    }

    @Test func `the second secret is tried when the first is refused`() {
        let access = access()
        let passes = Mailbox<Result<PlatformPass, Outcome>>()
        access.pass { passes.put($0) }
        let first = sender.next()
        #expect(first.text.contains(secrets[0]))
        first.answer(400, #"{"error":"invalid_client"}"#)
        let second = sender.next()
        #expect(second.text.contains(secrets[1]))
        second.answer(200, token("t1", seconds: 1000))
        #expect(line(passes.take()) == "Authorization: Bearer t1")
    }

    @Test func `refused secrets are a credential failure without the secret in its words`() {
        let access = access()
        let passes = Mailbox<Result<PlatformPass, Outcome>>()
        access.pass { passes.put($0) }
        for secret in secrets {
            sender.next().answer(401, #"{"error":"invalid_client","echo":"\#(secret)"}"#)
        }
        guard case .failure(.credential(_, let message)) = passes.take() else {
            Issue.record("it must be a credential failure")
            return
        }
        for secret in secrets { #expect(!message.contains(secret)) }
    }

    @Test func `an unwell endpoint without a token makes deliveries wait, not fail for good`() {
        let access = access()
        let passes = Mailbox<Result<PlatformPass, Outcome>>()
        access.pass { passes.put($0) }
        sender.next().answer(429, headers: [(name: "Retry-After", value: "20")])
        guard case .failure(.retry(.rateLimited, _, _)) = passes.take() else {
            Issue.record("it must be a retry")
            return
        }
        clock.advance(ms: 19_000)
        access.pass { passes.put($0) }
        _ = passes.take()
        #expect(sender.waiting == 0, "Retry-After is honoured")
        clock.advance(ms: 1001)
        access.pass { passes.put($0) }
        sender.next().answer(200, token("t1", seconds: 1000))
        #expect(line(passes.take()) == "Authorization: Bearer t1")
    }

    @Test func `a refused token is renewed once, then the destination waits`() throws {
        let store = try TestStore(clock: clock)
        let route = try store.route(dedupWindowMs: 0)
        let courier = courier(access(), route)
        _ = store.accept(Fixtures.event(route: route))
        let claim = try store.claims(route.destinations[0])[0]
        let reports = Mailbox<ParcelReport>()
        courier.carry(Parcel(claims: [claim])) { reports.put($0) }
        sender.next().answer(200, token("t1", seconds: 1000))
        let first = sender.next()
        #expect(first.request.headers.contains("Authorization: Bearer t1"))
        first.answer(401, #"{"title":"Authorization"}"#)
        sender.next().answer(200, token("t2", seconds: 1000))
        let second = sender.next()
        #expect(second.request.headers.contains("Authorization: Bearer t2"))
        second.answer(401, #"{"title":"Authorization"}"#)
        let report = reports.take()
        #expect(report.signal == .credential)
        #expect(sender.waiting == 0, "once, not for ever")
    }

    // MARK: Making

    private func inlet() -> PlatformInlet {
        PlatformInlet(inletURL: "http://platform.example/collection/abc", flowID: "flow")
    }

    private func letterbox() -> Letterbox {
        Letterbox(
            policy: ClientPolicy(allowPlainHTTP: true), timeoutMs: 1000, connectTimeoutMs: 1000)
    }

    private func access() -> TokenAccess {
        TokenAccess(
            inlet: inlet(), clientID: "client", clientSecrets: secrets.map { Secret(text: $0) },
            scopes: ["openid"], tokenURL: "http://ims.example/token", letterbox: letterbox(),
            sender: sender, clock: clock, random: SeededRandom(seed: 7))
    }

    private func courier(_ access: TokenAccess, _ route: Route) -> PlatformCourier {
        PlatformCourier(
            inlet: inlet(), packing: nil, access: access,
            names: Names(sources: [route.source: "chatlio"], hooks: [route.hook: "unanswered"]),
            letterbox: letterbox(), sender: sender, clock: clock)
    }

    private func ready(
        _ access: TokenAccess, seconds: Int
    ) -> Mailbox<Result<PlatformPass, Outcome>> {
        let passes = Mailbox<Result<PlatformPass, Outcome>>()
        access.pass { passes.put($0) }
        sender.next().answer(200, token("t1", seconds: seconds))
        _ = passes.take()
        return passes
    }

    private func token(_ value: String, seconds: Int) -> String {
        #"{"access_token":"\#(value)","token_type":"bearer","expires_in":\#(seconds)}"#
    }

    private func line(_ result: Result<PlatformPass, Outcome>) -> String? {
        guard case .success(let pass) = result else { return nil }
        let message = OutgoingMessage(
            id: EventID(sequence: 1, lineage: 1), receivedAt: clock.now, source: "s", hook: "h",
            attempt: 1, body: [123, 125])
        return pass.builder.single(message).headers.first { $0.hasPrefix("Authorization") }
    }
}
