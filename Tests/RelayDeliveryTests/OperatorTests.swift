import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import Testing

/// What a command writes beside the running relay is obeyed without being told.
@Suite struct OperatorTests {
    @Test func `a hold stops the sending, intake goes on, a release resumes it`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        let operatorHand = try StoreChanger(
            file: delivery.store.file, now: delivery.store.clock.now)
        try operatorHand.hold(
            "platform", until: nil, reason: "new flow", now: delivery.store.clock.now)
        delivery.waitUntilSaid("destination held")
        delivery.accept(1)
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        _ = try operatorHand.release("platform", now: delivery.store.clock.now)
        delivery.sender.next().accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 1)
    }

    @Test func `a hold with an end ends by itself`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        let clock = delivery.store.clock
        let operatorHand = try StoreChanger(file: delivery.store.file, now: clock.now)
        try operatorHand.hold(
            "platform", until: clock.now.adding(ms: 60_000), reason: "", now: clock.now)
        delivery.waitUntilSaid("destination held")
        delivery.accept(1)
        clock.advance(ms: 60_001)
        delivery.waitUntilSaid("no longer held")
        delivery.sender.next().accept()
    }

    @Test func `what is under way at a hold ends, the rest waits until the hold is over`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 2
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for event in 0..<4 { delivery.accept(event) }
        let underWay = [delivery.sender.next(), delivery.sender.next()]
        let clock = delivery.store.clock
        let operatorHand = try StoreChanger(file: delivery.store.file, now: clock.now)
        try operatorHand.hold(
            "platform", until: clock.now.adding(ms: 60_000), reason: "", now: clock.now)
        delivery.waitUntilSaid("destination held")
        underWay[0].accept()
        underWay[1].answer(503)
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 1)
        #expect(delivery.sender.waiting == 0)
        clock.advance(ms: 60_001)
        delivery.waitUntilSaid("no longer held")
        while try Account(delivery.store).delivered < 4 {
            delivery.sender.next().accept()
            delivery.settle()
        }
    }

    @Test func `a release ends a refused state at once`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        delivery.sender.next().answer(404)
        delivery.waitUntilSaid("state=refused")
        delivery.store.clock.advance(ms: 2000)
        let operatorHand = try StoreChanger(
            file: delivery.store.file, now: delivery.store.clock.now)
        _ = try operatorHand.release("platform", now: delivery.store.clock.now)
        delivery.sender.next().accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 1)
    }

    @Test func `what is too old ends while its destination cannot be reached`() throws {
        var setup = TestDelivery.Setup()
        setup.retry = RetryPolicy(firstMs: 100, factor: 1, capMs: 100, maxAgeMs: 10_000)
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for event in 0..<5 { delivery.accept(event) }
        delivery.sender.next().answer(404)
        delivery.waitUntilSaid("state=refused")
        delivery.store.clock.advance(ms: 10_001)
        while try Account(delivery.store).expired < 5 {
            delivery.settle()
        }
        let account = try Account(delivery.store)
        #expect(account.queued == 0 && account.isBalanced)
    }

    @Test func `after a jump of the clock nothing is too old until it has proved itself`() throws {
        var setup = TestDelivery.Setup()
        setup.retry = RetryPolicy(firstMs: 100, factor: 1, capMs: 100)
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for event in 0..<5 { delivery.accept(event) }
        delivery.sender.next().answer(404)
        delivery.waitUntilSaid("state=refused")
        // Its record, too, makes the scheduler look; later it would find that a probe may go.
        delivery.settle()
        delivery.store.clock.advance(ms: 7_200_000)
        delivery.store.clock.jump(ms: 30 * 86_400_000)
        // Said by the same tick that looks for what is too old.
        delivery.waitUntilSaid("the wall clock has jumped ahead")
        delivery.settle()
        #expect(try Account(delivery.store).expired == 0)
        delivery.store.clock.advance(ms: 3_600_000)
        while try Account(delivery.store).expired < 5 {
            // In that time the gate tries again with one event.
            if delivery.sender.waiting > 0 { delivery.sender.next().answer(404) }
            delivery.settle()
        }
        #expect(try Account(delivery.store).isBalanced)
    }
}
