import HTTPClient
import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import SQLite
import Testing

@Suite struct SchedulerTests {
    @Test func `an idle relay sends a new event at once and records it`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        let sent = delivery.sender.next()
        #expect(sent.text == String(decoding: Fixtures.body(1), as: UTF8.self))
        #expect(sent.request.headers.contains("x-adobe-flow-id: flow"))
        sent.accept()
        delivery.settle()
        let account = try Account(delivery.store)
        #expect(account.delivered == 1 && account.queued == 0 && account.isBalanced)
    }

    @Test func `what waited in the store before the start is sent in order of arrival`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        for number in 0..<5 { delivery.accept(number) }
        try delivery.start()
        for number in 0..<5 {
            let sent = delivery.sender.next()
            #expect(sent.text == String(decoding: Fixtures.body(number), as: UTF8.self))
            sent.accept()
        }
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 5)
    }

    @Test func `a failed one is tried again when it is due, under the same body`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        delivery.sender.next().answer(500, "unwell")
        delivery.settle()
        #expect(delivery.sender.waiting == 0, "not before it is due")
        delivery.advance(ms: 1001)
        let again = delivery.sender.next()
        #expect(again.text == String(decoding: Fixtures.body(1), as: UTF8.self))
        again.accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 1)
    }

    @Test func `a refused message dies with the destination's words and the next goes on`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        delivery.sender.next().answer(400, #"{"title":"Invalid","report":{"message":"no"}}"#)
        delivery.accept(2)
        delivery.sender.next().accept()
        delivery.settle()
        let account = try Account(delivery.store)
        #expect(account.dead == 1 && account.delivered == 1 && account.isBalanced)
    }

    @Test func `the last attempt leads to the dead letters`() throws {
        var setup = TestDelivery.Setup()
        setup.retry = RetryPolicy(firstMs: 1, factor: 1, capMs: 1, maxAttempts: 3)
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(1)
        for _ in 0..<3 {
            delivery.sender.next().answer(500)
            delivery.settle()
            delivery.advance(ms: 2)
        }
        delivery.settle()
        #expect(try Account(delivery.store).dead == 1)
        #expect(delivery.sender.waiting == 0)
    }

    @Test func `the window bounds what is under way`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 3
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for number in 0..<10 { delivery.accept(number) }
        delivery.settle()
        #expect(delivery.sender.waiting == 3)
        for _ in 0..<10 { delivery.sender.next().accept() }
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 10)
    }

    @Test func `a hanging destination costs another nothing`() throws {
        var setup = TestDelivery.Setup()
        setup.destinations = ["hangs", "works"]
        setup.window = 2
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for number in 0..<20 { delivery.accept(number) }
        var hanging: [ScriptedSender.Sent] = []
        var delivered = 0
        while delivered < 20 {
            let sent = delivery.sender.next()
            if sent.request.url.contains("works") {
                sent.accept()
                delivered += 1
            } else {
                hanging.append(sent)
            }
        }
        delivery.settle()
        #expect(hanging.count == 2)
        #expect(try Account(delivery.store).delivered == 20)
    }

    @Test func `refused credentials stop the sending and kill nothing`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for number in 0..<3 { delivery.accept(number) }
        delivery.sender.next().answer(401, #"{"title":"Authorization"}"#)
        delivery.settle()
        delivery.advance(ms: 20_000)
        delivery.settle()
        #expect(delivery.sender.waiting == 0, "left alone for half a minute")
        delivery.advance(ms: 11_000)
        delivery.sender.next().accept()
        for _ in 0..<2 { delivery.sender.next().accept() }
        delivery.settle()
        let account = try Account(delivery.store)
        #expect(account.delivered == 3 && account.dead == 0)
    }

    @Test func `a late answer after a discard changes nothing`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        let id = delivery.accept(1)
        let sent = delivery.sender.next()
        try delivery.store.writer.prepare { ledger in
            try? ledger.connection.execute(
                "DELETE FROM deliveries WHERE seq = \(id.sequence)")
        }
        sent.accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 0)
        #expect(delivery.scheduler.counters.lateFinishes == 1)
    }

    @Test func `stopping lets what is under way end and keeps the rest`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        for number in 0..<3 { delivery.accept(number) }
        let sent = delivery.sender.next()
        let stopped = Mailbox<Bool>()
        delivery.scheduler.stop { stopped.put(true) }
        delivery.settle()
        #expect(stopped.count == 0, "one is still under way")
        sent.accept()
        _ = stopped.take()
        let account = try Account(delivery.store)
        #expect(account.delivered == 1 && account.queued == 2)
        #expect(delivery.sender.waiting == 0)
    }

    @Test func `a wall clock set back neither stalls nor floods`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        delivery.sender.next().answer(500)
        delivery.settle()
        delivery.store.clock.jump(ms: -3 * 3_600_000)
        delivery.advance(ms: 1001)
        delivery.sender.next().answer(500)
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        delivery.store.clock.jump(ms: 6 * 3_600_000)
        delivery.scheduler.wake()
        delivery.sender.next().accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 1)
    }

    @Test func `a clock that was far ahead for a moment makes no young event old`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.store.clock.jump(ms: 8 * 86_400_000)
        delivery.scheduler.wake()
        delivery.settle()
        delivery.store.clock.jump(ms: -8 * 86_400_000)
        delivery.accept(1)
        delivery.sender.next().answer(503)
        delivery.settle()
        let account = try Account(delivery.store)
        #expect(account.expired == 0 && account.queued == 1)
    }

    @Test func `what fails right after the clock has jumped ahead does not expire`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.advance(ms: 3_600_000)
        delivery.accept(1)
        let sent = delivery.sender.next()
        delivery.store.clock.jump(ms: 8 * 86_400_000)
        sent.answer(503)
        delivery.settle()
        let account = try Account(delivery.store)
        #expect(account.expired == 0 && account.queued == 1)
    }

    @Test func `many due times from before the clock went back are all due`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 64
        let store = try TestStore()
        let first = try TestDelivery(setup, store: store)
        for event in 0..<1500 { first.accept(event) }
        let claims = try store.claims(first.route.destinations[0])
        let tomorrow = store.clock.now.adding(ms: 86_400_000)
        _ = store.finish(
            claims.map {
                Finish(
                    claim: $0, result: .retry(at: tomorrow),
                    attempt: Fixtures.attempt(status: 503, errorClass: .serverError))
            })
        try first.start()
        for _ in 0..<1500 { first.sender.next().accept() }
        first.settle()
        #expect(try Account(store).delivered == 1500)
    }

    @Test func `what is discarded and replayed while under way is sent again`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        let id = delivery.accept(1)
        let sent = delivery.sender.next()
        let number = delivery.route.destinations[0]
        // As an operator's commands leave it: another row of the same delivery, due now.
        try delivery.store.writer.prepare { ledger in
            try ledger.connection.execute(
                """
                DELETE FROM deliveries WHERE seq = \(id.sequence);
                INSERT INTO deliveries (destination, due_at_ms, seq, attempts, source)
                VALUES (\(number), 1, \(id.sequence), 1, \(delivery.route.source));
                """)
        }
        delivery.scheduler.wake()
        delivery.settle()
        sent.answer(500)
        delivery.sender.next().accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 1)
    }

    @Test func `a due time from before the clock went back is due after a restart`() throws {
        let first = try TestDelivery()
        try first.start()
        first.accept(1)
        first.sender.next().answer(500)
        first.settle()
        first.stop()
        first.store.close()
        first.store.clock.jump(ms: -5 * 3_600_000)
        let store = try TestStore(clock: first.store.clock, folder: first.store.folder)
        let second = try TestDelivery(store: store)
        try second.start()
        second.sender.next().accept()
        second.settle()
        #expect(try Account(store).delivered == 1)
    }
}
