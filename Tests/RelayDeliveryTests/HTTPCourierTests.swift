import HTTPClient
import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import Signing
import Testing

@Suite struct HTTPCourierTests {
    private static let secret = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="

    @Test func `it sends the body as it came, signed over id, time and bytes`() throws {
        let world = try World()
        let reports = world.carry()
        let sent = world.sender.next()
        #expect(sent.request.body == Fixtures.chat)
        let seconds = world.store.clock.now.milliseconds / 1000
        let key = try #require(HMACKey(Secret((1...32).map { UInt8($0) })))
        let signed = Array("\(world.claim.id).\(seconds).".utf8) + Fixtures.chat
        let signature = Base64.encode(key.code(over: signed))
        #expect(sent.request.headers.contains("webhook-id: \(world.claim.id)"))
        #expect(sent.request.headers.contains("webhook-timestamp: \(seconds)"))
        #expect(sent.request.headers.contains("webhook-signature: v1,\(signature)"))
        sent.answer(204)
        #expect(reports.take().verdict == .each([.delivered(tracer: nil)]))
    }

    @Test func `a stamp is added on request`() throws {
        let world = try World(stamp: true)
        _ = world.carry()
        let text = world.sender.next().text
        #expect(text.hasPrefix(String(decoding: Fixtures.chat.dropLast(), as: UTF8.self)))
        #expect(text.contains(#""holdfast":{"_id":"\#(world.claim.id)""#))
    }

    @Test(arguments: [
        (200, GateSignal.well), (302, .unwell), (400, .well), (401, .credential),
        (403, .credential), (404, .refused), (407, .refused), (410, .refused), (413, .well),
        (422, .well),
        (429, .busy), (500, .unwell), (503, .busy),
        (511, .refused),
    ])
    func `each status says what it says about the destination`(
        status: Int, signal: GateSignal
    ) throws {
        let world = try World()
        let reports = world.carry()
        world.sender.next().answer(status, "words")
        #expect(reports.take().signal == signal)
    }

    @Test func `a wall clock that is set meanwhile says nothing of how long it took`() throws {
        let world = try World()
        let reports = world.carry()
        world.store.clock.jump(ms: -18_000_000)
        world.store.clock.advance(ms: 40)
        world.sender.next().answer(204)
        let report = reports.take()
        #expect(report.durationMs == 40)
        #expect(report.startedAt == ManualClock.start)
    }

    @Test(arguments: [
        (ClientFailure.Kind.resolve, GateSignal.unreachable), (.connect, .unreachable),
        (.tls, .unreachable), (.reset, .unreachable), (.protocolError, .unreachable),
        (.timeout, .busy),
    ])
    func `no answer at all is a reason to try again`(
        kind: ClientFailure.Kind, signal: GateSignal
    ) throws {
        let world = try World()
        let reports = world.carry()
        world.sender.next().fail(kind, requestMayHaveArrived: true)
        let report = reports.take()
        #expect(report.signal == signal)
        guard case .each(let outcomes) = report.verdict, case .retry = outcomes[0] else {
            Issue.record("\(kind) must be tried again")
            return
        }
    }

    private struct World {
        let store: TestStore
        let sender = ScriptedSender()
        let claim: Claim
        let courier: HTTPCourier

        init(stamp: Bool = false) throws {
            store = try TestStore()
            let route = try store.route(dedupWindowMs: 0)
            _ = store.accept(Fixtures.event(route: route))
            claim = try store.claims(route.destinations[0])[0]
            courier = HTTPCourier(
                url: "http://copy.example/in",
                signingSecret: Secret(text: HTTPCourierTests.secret), extraHeaders: [],
                stamp: stamp, acceptAny2xx: true,
                names: Names(
                    sources: [route.source: "chatlio"], hooks: [route.hook: "unanswered"]),
                letterbox: Letterbox(
                    policy: ClientPolicy(allowPlainHTTP: true), timeoutMs: 1000,
                    connectTimeoutMs: 1000),
                sender: sender, clock: store.clock)
        }

        func carry() -> Mailbox<ParcelReport> {
            let reports = Mailbox<ParcelReport>()
            courier.carry(Parcel(claims: [claim])) { reports.put($0) }
            return reports
        }
    }
}
