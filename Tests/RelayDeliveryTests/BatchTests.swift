import HTTPClient
import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import SQLite
import Testing

@Suite struct BatchTests {
    private func setup(_ messages: Int, window: Int, lingerMs: Int = 0) -> TestDelivery.Setup {
        var setup = TestDelivery.Setup()
        setup.window = window
        setup.packing = Packing(
            maxMessages: messages, maxBytes: 100_000, overheadBytes: 0, lingerMs: lingerMs)
        return setup
    }

    private func delivery(
        _ messages: Int, window: Int = 1, lingerMs: Int = 0
    ) throws -> TestDelivery {
        try TestDelivery(setup(messages, window: window, lingerMs: lingerMs))
    }

    private func deadLetters(_ delivery: TestDelivery) throws -> [String] {
        let connection = try delivery.store.file.openForReading()
        defer { connection.close() }
        let rows = try connection.statement("SELECT error_class FROM dead_letters ORDER BY 1")
        defer { rows.reset() }
        var classes: [String] = []
        while try rows.step() { classes.append(rows.text(0)) }
        return classes
    }

    @Test func `a lonely event goes alone and at once, a crowd goes together`() throws {
        let delivery = try delivery(100)
        try delivery.start()
        delivery.accept(0)
        let first = delivery.sender.next()
        #expect(!first.request.url.contains("/batch/"))
        for event in 1...5 { delivery.accept(event) }
        delivery.settle()
        first.accept()
        let batch = delivery.sender.next()
        #expect(batch.request.url.contains("/collection/batch/"))
        #expect(count(batch) == 5)
        accept(batch)
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 6)
    }

    @Test func `a poisoned message is found by halving and the rest is delivered`() throws {
        let delivery = try delivery(64, window: 4)
        for event in 0..<64 { delivery.accept(event) }
        try delivery.start()
        var requests = 0
        while try Account(delivery.store).queued > 0 {
            let sent = delivery.sender.next()
            requests += 1
            if sent.text.contains("number 37\"") {
                sent.answer(400, #"{"title":"Invalid XDM Message Format"}"#)
            } else {
                accept(sent)
            }
            delivery.settle()
        }
        let account = try Account(delivery.store)
        #expect(account.delivered == 63 && account.dead == 1 && account.isBalanced)
        #expect(requests < 20, "halved, not one by one")
    }

    @Test func `a partial 207 finishes each message by its own result`() throws {
        let delivery = try delivery(5)
        delivery.accept(0..<5)
        try delivery.start()
        let batch = delivery.sender.next()
        answer(batch, [taken(0), refused(400), refused(503), refused(429), refused(401)])
        delivery.settle()
        var account = try Account(delivery.store)
        #expect(account.delivered == 1 && account.dead == 1 && account.queued == 3)
        delivery.advance(ms: 1001)
        let again = delivery.sender.next()
        #expect(count(again) == 3)
        for event in 2...4 { #expect(again.text.contains("number \(event)\"")) }
        accept(again)
        delivery.settle()
        account = try Account(delivery.store)
        #expect(account.delivered == 4 && account.isBalanced)
    }

    @Test func `an unaccounted message is sent again`() throws {
        let delivery = try delivery(3)
        delivery.accept(0..<3)
        try delivery.start()
        // Fewer elements than messages: only what an index proves is known.
        answer(delivery.sender.next(), [taken(0), taken(2)])
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 2)
        delivery.advance(ms: 1001)
        let again = delivery.sender.next()
        #expect(again.text.contains("number 1\""))
        again.accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 3)
    }

    @Test func `a 207 that refuses the token for every message closes the gate`() throws {
        let delivery = try delivery(3)
        delivery.accept(0..<3)
        try delivery.start()
        answer(delivery.sender.next(), [refused(401), refused(401), refused(401)])
        delivery.waitUntilSaid("state=credential")
        delivery.advance(ms: 2000)
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        let account = try Account(delivery.store)
        #expect(account.queued == 3 && account.dead == 0)
    }

    @Test func `a 207 that asks for less in any element narrows the window`() throws {
        let delivery = try delivery(2, window: 4)
        delivery.accept(0..<2)
        try delivery.start()
        answer(delivery.sender.next(), [taken(0), refused(429)])
        delivery.waitUntilSaid("fewer requests at once")
    }

    @Test func `several poisoned messages, one of them too large, all stand alone`() throws {
        let delivery = try delivery(64, window: 4)
        delivery.accept(0..<64)
        try delivery.start()
        var requests = 0
        while try Account(delivery.store).queued > 0 {
            let sent = delivery.sender.next()
            requests += 1
            // The size is looked at before the content, as servers do.
            if sent.text.contains("number 50\"") {
                sent.answer(413)
            } else if [3, 17, 18].contains(where: { sent.text.contains("number \($0)\"") }) {
                sent.answer(400, #"{"title":"Invalid XDM Message Format"}"#)
            } else {
                accept(sent)
            }
            delivery.settle()
        }
        let account = try Account(delivery.store)
        #expect(account.delivered == 60 && account.dead == 4 && account.isBalanced)
        #expect(try deadLetters(delivery) == ["rejected", "rejected", "rejected", "too_large"])
        #expect(requests < 64, "halved, not one by one")
    }

    @Test func `a half that meets 503 waits, and is halved again when it comes back`() throws {
        let delivery = try delivery(8, window: 1)
        delivery.accept(0..<8)
        try delivery.start()
        delivery.sender.next().answer(400)
        let first = delivery.sender.next()
        #expect(count(first) == 4)
        first.answer(503)
        let second = delivery.sender.next()
        #expect(count(second) == 4)
        accept(second)
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 4)
        delivery.advance(ms: 1001)
        while try Account(delivery.store).queued > 0 {
            let sent = delivery.sender.next()
            if sent.text.contains("number 2\"") { sent.answer(400) } else { accept(sent) }
            delivery.settle()
        }
        let account = try Account(delivery.store)
        #expect(account.delivered == 7 && account.dead == 1)
    }

    @Test func `halving that a restart interrupts begins anew and loses nothing`() throws {
        let first = try delivery(8, window: 1)
        first.accept(0..<8)
        try first.start()
        first.sender.next().answer(400)
        let half = first.sender.next()
        accept(half)
        first.settle()
        _ = first.sender.next()
        // The process ends here: what is under way and the other halves are forgotten.
        first.scheduler.cutShort()
        first.settle()
        let second = try TestDelivery(setup(8, window: 1), store: first.store)
        try second.start()
        while try Account(second.store).queued > 0 {
            let sent = second.sender.next()
            if sent.text.contains("number 7\"") { sent.answer(400) } else { accept(sent) }
            second.settle()
        }
        let account = try Account(second.store)
        #expect(account.delivered == 7 && account.dead == 1 && account.isBalanced)
    }

    @Test func `one message that is too large is parked at once`() throws {
        let delivery = try delivery(8)
        delivery.accept(0)
        try delivery.start()
        delivery.sender.next().answer(413)
        delivery.settle()
        #expect(try deadLetters(delivery) == ["too_large"])
    }

    @Test func `with a linger a lonely event still goes at once`() throws {
        let delivery = try delivery(10, window: 4, lingerMs: 5000)
        try delivery.start()
        delivery.accept(0)
        delivery.sender.next().accept()
        delivery.settle()
        delivery.accept(1)
        delivery.sender.next().accept()
    }

    @Test func `beside a request under way a batch waits for company, but not for long`() throws {
        let delivery = try delivery(4, window: 4, lingerMs: 100)
        try delivery.start()
        delivery.accept(0)
        let slow = delivery.sender.next()
        delivery.accept(1)
        delivery.accept(2)
        delivery.settle()
        #expect(delivery.sender.waiting == 0, "they wait for company")
        delivery.advance(ms: 101)
        #expect(count(delivery.sender.next()) == 2)
        delivery.accept(3..<7)
        #expect(count(delivery.sender.next()) == 4, "a full one does not wait")
        delivery.accept(8)
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        slow.accept()
    }

    @Test func `413 halves until it fits`() throws {
        let delivery = try delivery(8)
        for event in 0..<8 { delivery.accept(event) }
        try delivery.start()
        while try Account(delivery.store).queued > 0 {
            let sent = delivery.sender.next()
            if count(sent) > 2 { sent.answer(413) } else { accept(sent) }
            delivery.settle()
        }
        #expect(try Account(delivery.store).delivered == 8)
    }
}
