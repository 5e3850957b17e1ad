import HTTPClient
import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import SQLite
import Testing

/// What counts as an attempt, and how long a destination is left alone.
@Suite struct AttemptTests {
    @Test func `refused credentials do not use up the attempts of an event`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        setup.retry = RetryPolicy(firstMs: 1, factor: 1, capMs: 1, maxAttempts: 2)
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(1)
        for waitMs in [31_000, 61_000, 121_000] {
            delivery.sender.next().answer(401, #"{"title":"Authorization"}"#)
            delivery.settle()
            delivery.advance(ms: Int64(waitMs))
        }
        delivery.sender.next().answer(500)
        delivery.settle()
        #expect(try Account(delivery.store).queued == 1, "the first send that says something of it")
        delivery.advance(ms: 2)
        delivery.sender.next().answer(500)
        delivery.settle()
        #expect(try Account(delivery.store).dead == 1)
    }

    @Test func `a busy destination that can bear one request only is left alone as it asks`() throws
    {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for event in 0..<3 { delivery.accept(event) }
        delivery.sender.next().answer(429, headers: [(name: "Retry-After", value: "20")])
        delivery.waitUntilSaid("left alone for a while")
        delivery.advance(ms: 19_999)
        delivery.settle()
        #expect(delivery.sender.waiting == 0, "nor are the other events sent")
        delivery.advance(ms: 3_502)
        for _ in 0..<2 { delivery.sender.next().accept() }
        delivery.settle()
        #expect(try Account(delivery.store).delivered >= 2)
    }

    @Test func `one busy answer that asks for nothing keeps nobody waiting`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for event in 0..<2 { delivery.accept(event) }
        delivery.sender.next().answer(503)
        delivery.sender.next().accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 1)
    }

    @Test func `an outcome and its attempt are of one commit`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        delivery.sender.next().answer(500, "unwell")
        delivery.settle()
        let connection = try delivery.store.file.openForReading()
        defer { connection.close() }
        #expect(try connection.scalar("SELECT count(*) FROM attempts WHERE status = 500") == 1)
        #expect(try connection.scalar("SELECT attempts FROM deliveries") == 1)
        let account = try Account(delivery.store)
        #expect(account.isBalanced)
    }

    @Test(arguments: [-18_000_000, 18_000_000])
    func `a wall clock that is set meanwhile says nothing of how long an attempt took`(
        jumpMs: Int64
    ) throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        let sent = delivery.sender.next()
        delivery.store.clock.jump(ms: jumpMs)
        delivery.advance(ms: 40)
        sent.answer(500)
        delivery.settle()
        let connection = try delivery.store.file.openForReading()
        defer { connection.close() }
        #expect(try connection.scalar("SELECT duration_ms FROM attempts") == 40)
    }

    @Test(arguments: [RetryPolicy.Expiry.expired, .dead])
    func `an event that is too old ends as configured, with the reason`(
        expiry: RetryPolicy.Expiry
    ) throws {
        var setup = TestDelivery.Setup()
        setup.retry = RetryPolicy(
            firstMs: 1, factor: 1, capMs: 1, maxAgeMs: 10_000, onExpiry: expiry)
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(1)
        let sent = delivery.sender.next()
        delivery.advance(ms: 10_000)
        sent.answer(500)
        delivery.settle()
        let account = try Account(delivery.store)
        #expect(account.expired == (expiry == .expired ? 1 : 0))
        #expect(account.dead == (expiry == .dead ? 1 : 0))
        let connection = try delivery.store.file.openForReading()
        defer { connection.close() }
        let reason = "SELECT count(*) FROM dead_letters WHERE error_class = 'expired'"
        #expect(try connection.scalar(reason) == 1)
        #expect(try connection.scalar("SELECT count(*) FROM attempts") == 1)
    }

    @Test func `the rate bounds the requests, also below one a second`() throws {
        var setup = TestDelivery.Setup()
        setup.ratePerSecond = 0.2
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for event in 0..<3 { delivery.accept(event) }
        delivery.sender.next().accept()
        delivery.settle()
        for _ in 0..<2 {
            delivery.advance(ms: 4_999)
            delivery.settle()
            #expect(delivery.sender.waiting == 0)
            delivery.advance(ms: 1)
            delivery.sender.next().accept()
            delivery.settle()
        }
        #expect(try Account(delivery.store).delivered == 3)
    }

    @Test func `many events at once that meet an old token ask for one new token`() throws {
        let clock = ManualClock()
        let sender = ScriptedSender()
        let store = try TestStore(clock: clock)
        let route = try store.route(dedupWindowMs: 0)
        let inlet = PlatformInletOfTests.inlet
        let letterbox = Letterbox(
            policy: ClientPolicy(allowPlainHTTP: true), timeoutMs: 1000, connectTimeoutMs: 1000)
        let courier = PlatformCourier(
            inlet: inlet, packing: nil,
            access: TokenAccess(
                inlet: inlet, clientID: "client",
                clientSecrets: [PlatformInletOfTests.secret], scopes: ["openid"],
                tokenURL: "http://ims.example/token", letterbox: letterbox, sender: sender,
                clock: clock, random: SeededRandom(seed: 7)),
            names: Names(sources: [:], hooks: [:]), letterbox: letterbox, sender: sender,
            clock: clock)
        for event in 0..<20 {
            _ = store.accept(Fixtures.event(route: route, body: Fixtures.body(event)))
        }
        let reports = Mailbox<ParcelReport>()
        for claim in try store.claims(route.destinations[0]) {
            courier.carry(Parcel(claims: [claim])) { reports.put($0) }
        }
        sender.next().answer(200, PlatformInletOfTests.token("t1"))
        let first = (0..<20).map { _ in sender.next() }
        for sent in first { sent.answer(401, #"{"title":"Authorization"}"#) }
        let renewal = sender.next()
        #expect(renewal.request.url == "http://ims.example/token")
        #expect(sender.waiting == 0, "one flight for all of them")
        renewal.answer(200, PlatformInletOfTests.token("t2"))
        for _ in 0..<20 {
            let again = sender.next()
            #expect(again.request.headers.contains("Authorization: Bearer t2"))
            again.accept()
        }
        for _ in 0..<20 { #expect(reports.take().signal == .well) }
        #expect(sender.waiting == 0)
    }
}
