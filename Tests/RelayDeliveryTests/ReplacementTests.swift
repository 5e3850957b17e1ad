import HTTPClient
import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import Testing

/// A configuration read again while the relay runs.
@Suite struct ReplacementTests {
    @Test func `a destination that is taken out ends what is under way and keeps the rest`() throws
    {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for event in 0..<3 { delivery.accept(event) }
        let sent = delivery.sender.next()
        delivery.scheduler.replace([])
        delivery.settle()
        sent.accept()
        delivery.settle()
        let account = try Account(delivery.store)
        #expect(account.delivered == 1 && account.queued == 2)
        #expect(delivery.sender.waiting == 0)
    }

    @Test func `what is stored for it while it is away goes out when it comes back`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(0)
        let first = delivery.sender.next()
        delivery.scheduler.replace([])
        delivery.settle()
        delivery.accept(1)
        delivery.settle()
        delivery.scheduler.replace(delivery.plans)
        delivery.settle()
        first.accept()
        delivery.sender.next().accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 2)
    }

    @Test func `one that comes back goes on where it was`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for event in 0..<3 { delivery.accept(event) }
        let first = delivery.sender.next()
        delivery.scheduler.replace([])
        delivery.settle()
        delivery.scheduler.replace(delivery.plans)
        first.accept()
        for _ in 0..<2 { delivery.sender.next().accept() }
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 3)
    }

    @Test func `halves of a batch go one by one when the new courier takes no batches`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        setup.packing = Packing(
            maxMessages: 8, maxBytes: 900_000, overheadBytes: 0, lingerMs: 0)
        let delivery = try TestDelivery(setup)
        delivery.accept(0..<8)
        try delivery.start()
        // One half waits in memory and one is under way when the configuration changes.
        delivery.sender.next().answer(400, "{}")
        let half = delivery.sender.next()
        #expect(count(half) == 4)
        delivery.scheduler.replace([single(delivery)])
        delivery.settle()
        half.answer(400, "{}")
        for _ in 0..<8 {
            let sent = delivery.sender.next()
            #expect(count(sent) == 1)
            sent.accept()
        }
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 8)
    }

    /// The same destination, now one that takes an event a request.
    private func single(_ delivery: TestDelivery) -> DestinationPlan {
        let old = delivery.plans[0]
        return DestinationPlan(
            name: old.name, number: old.number, retry: old.retry, gate: old.gate,
            courier: HTTPCourier(
                url: "http://copy.example/in", signingSecret: nil, extraHeaders: [],
                stamp: false, acceptAny2xx: true, names: Names(sources: [:], hooks: [:]),
                letterbox: Letterbox(
                    policy: ClientPolicy(allowPlainHTTP: true), timeoutMs: 1000,
                    connectTimeoutMs: 1000),
                sender: delivery.sender, clock: delivery.store.clock))
    }
}
