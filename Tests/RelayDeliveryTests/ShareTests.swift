import RelayCore
import RelayStore
import RelayTesting
import Testing

@testable import RelayDelivery

/// Who gets which part of a destination's window and of the memory.
@Suite struct ShareTests {
    @Test func `retries that hang leave a quarter of the window to first attempts`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        for event in 0..<8 { delivery.accept(event) }
        for _ in 0..<8 { delivery.sender.next().answer(500) }
        delivery.settle()
        delivery.advance(ms: 1001)
        delivery.settle()
        #expect(delivery.sender.waiting == 6, "six of eight places for retries")
        let hanging = (0..<6).map { _ in delivery.sender.next() }
        delivery.accept(100)
        let fresh = delivery.sender.next()
        #expect(number(fresh) == 100)
        fresh.accept()
        for sent in hanging { sent.accept() }
        for _ in 0..<2 { delivery.sender.next().accept() }
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 9)
    }

    @Test func `retries that hang leave the backlog room in memory`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 64
        setup.packing = Packing(
            maxMessages: 200, maxBytes: 900_000, overheadBytes: 0, lingerMs: 0)
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(0..<3000)
        var failed = 0
        while failed < 3000 {
            let sent = delivery.sender.next()
            failed += count(sent)
            sent.answer(500)
            delivery.settle()
        }
        delivery.advance(ms: 1001)
        delivery.settle()
        var hanging: [ScriptedSender.Sent] = []
        while delivery.sender.waiting > 0 { hanging.append(delivery.sender.next()) }
        let retried = hanging.reduce(0) { $0 + count($1) }
        #expect(retried >= 2048 && retried < 2248, "half of what memory may hold")
        delivery.accept(5000)
        #expect(number(delivery.sender.next()) == 5000)
    }

    /// What has just come of two sources fills the room up to where the store may still be read.
    @Test func `what is read from the store fills the memory and no more`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        let other = try delivery.store.route(
            source: "orders", destinations: setup.destinations, dedupWindowMs: 0)
        try delivery.start()
        delivery.accept(0..<1)
        let first = delivery.sender.next()
        delivery.settle()
        delivery.accept(1..<701, route: other)
        delivery.settle()
        delivery.accept(701..<4901)
        delivery.settle()
        first.accept()
        _ = delivery.sender.next()
        delivery.settle()
        let ready = delivery.scheduler.queue.sync {
            delivery.scheduler.lines.values.reduce(0) { $0 + $1.readyCount }
        }
        #expect(ready > 3700 && ready < Limits.activeDeliveries)
    }

    @Test func `a backlog under way leaves room for what has just come`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 64
        setup.packing = Packing(
            maxMessages: 200, maxBytes: 900_000, overheadBytes: 0, lingerMs: 0)
        let delivery = try TestDelivery(setup)
        delivery.accept(0..<6000)
        try delivery.start()
        delivery.settle()
        var hanging: [ScriptedSender.Sent] = []
        while delivery.sender.waiting > 0 { hanging.append(delivery.sender.next()) }
        let underWay = hanging.reduce(0) { $0 + count($1) }
        #expect(underWay >= 3072 && underWay < 4096)
        delivery.accept(7000)
        #expect(number(delivery.sender.next()) == 7000)
    }

    @Test func `a new event does not queue up behind the backlog`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        delivery.accept(0..<3000)
        try delivery.start()
        let first = delivery.sender.next()
        delivery.accept(9000)
        delivery.settle()
        first.accept()
        let next = (0..<2).map { _ in
            let sent = delivery.sender.next()
            sent.accept()
            return number(sent)
        }
        #expect(next.contains(9000))
    }

    @Test func `a source that floods does not keep another waiting`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        let quiet = try delivery.store.route(source: "quiet", dedupWindowMs: 0)
        try delivery.start()
        delivery.accept(0..<1)
        let first = delivery.sender.next()
        delivery.accept(1..<4000)
        delivery.accept(9000..<9001, route: quiet)
        delivery.settle()
        first.accept()
        // Every other one is read from the store, and of what has just come every other is its.
        let next = (0..<4).map { _ in
            let sent = delivery.sender.next()
            sent.accept()
            return number(sent)
        }
        #expect(next.contains(9000))
    }

    @Test func `what failed before shares no request with first attempts`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        setup.packing = Packing(
            maxMessages: 100, maxBytes: 900_000, overheadBytes: 0, lingerMs: 0)
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(0..<1)
        let first = delivery.sender.next()
        first.answer(500)
        delivery.settle()
        delivery.accept(1..<2)
        let second = delivery.sender.next()
        delivery.accept(2..<10)
        delivery.advance(ms: 1001)
        second.accept()
        let requests = (0..<2).map { _ in
            let sent = delivery.sender.next()
            accept(sent)
            return count(sent)
        }
        #expect(requests.sorted() == [1, 8])
    }

    @Test func `large new events leave room in memory for those that were tried`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(7)
        delivery.sender.next().answer(500)
        delivery.settle()
        let large = #"{"pad":"\#(String(repeating: "x", count: 1_000_000))"}"#
        func acceptLarge() {
            _ = delivery.store.accept(
                Fixtures.event(
                    route: delivery.route, at: delivery.store.clock.now, body: Array(large.utf8)))
        }
        for _ in 0..<20 { acceptLarge() }
        delivery.advance(ms: 1001)
        delivery.settle()
        // As many come as go out: by bytes they alone would fill the room for ever.
        var turns = 0
        while turns < 40 {
            let sent = delivery.sender.next()
            if sent.text.contains("message") { break }
            acceptLarge()
            delivery.settle()
            sent.accept()
            delivery.settle()
            turns += 1
        }
        #expect(turns < 40, "the one that was tried has its turn")
    }
}
