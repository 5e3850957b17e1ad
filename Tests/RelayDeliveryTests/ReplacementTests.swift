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
}
