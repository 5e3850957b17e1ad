import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import SQLite
import Testing

/// What becomes of a lane whose head an operator or a destination has dealt with.
@Suite struct LanePolicyTests {
    @Test func `a blocked lane goes on once its dead letter is discarded`() throws {
        let delivery = try blockedLane()
        let hand = try hand(delivery)
        _ = try hand.discard(
            chosen(delivery, .dead)[...], reason: "given up", now: delivery.store.clock.now)
        #expect(number(delivery.sender.next()) == 2)
    }

    @Test func `a blocked lane goes on behind its dead letter once that is replayed`() throws {
        let delivery = try blockedLane()
        try replay(delivery, .dead)
        let again = delivery.sender.next()
        #expect(number(again) == 1, "the older first")
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        again.accept()
        #expect(number(delivery.sender.next()) == 2)
    }

    @Test func `an expired head blocks its lane as a dead one does`() throws {
        var setup = TestDelivery.Setup()
        setup.blocks = true
        setup.retry = RetryPolicy(firstMs: 1, factor: 1, capMs: 1, maxAgeMs: 10_000)
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(1, lane: "a")
        let sent = delivery.sender.next()
        delivery.advance(ms: 10_000)
        delivery.accept(2, lane: "a")
        sent.answer(500)
        delivery.settle()
        let account = try Account(delivery.store)
        #expect(account.expired == 1 && account.queued == 1)
        #expect(delivery.sender.waiting == 0)
    }

    @Test(arguments: [false, true])
    func `a discarded head lets its lane go on, whatever the policy`(blocks: Bool) throws {
        var setup = TestDelivery.Setup()
        setup.blocks = blocks
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(1, lane: "a")
        delivery.accept(2, lane: "a")
        delivery.sender.next().answer(500)
        delivery.settle()
        #expect(delivery.sender.waiting == 0, "the head waits for its next try")
        let head = try first(delivery)
        _ = try hand(delivery).discard(
            chosen(delivery, .queued).filter { $0.key.sequence == head }[...],
            reason: "given up", now: delivery.store.clock.now)
        #expect(number(delivery.sender.next()) == 2)
    }

    @Test func `a held destination keeps the order of its lanes`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        let now = delivery.store.clock.now
        let hand = try hand(delivery)
        try hand.hold("platform", until: nil, reason: "", now: now)
        delivery.waitUntilSaid("destination held")
        for event in 1...3 { delivery.accept(event, lane: "a") }
        _ = try hand.release("platform", now: now)
        for expected in 1...3 {
            let sent = delivery.sender.next()
            #expect(number(sent) == expected)
            sent.accept()
        }
    }

    @Test func `a delivered one that is replayed goes before those that still wait`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1, lane: "a")
        delivery.sender.next().accept()
        delivery.settle()
        for event in 2...3 { delivery.accept(event, lane: "a") }
        let second = delivery.sender.next()
        #expect(number(second) == 2)
        try replay(delivery, .delivered)
        delivery.settle()
        second.accept()
        var order: [Int] = []
        for _ in 0..<2 {
            let sent = delivery.sender.next()
            order.append(number(sent))
            sent.accept()
        }
        #expect(order == [1, 3])
    }

    @Test func `a batch holds one event of a lane, and the next follows it`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        setup.packing = Packing(
            maxMessages: 10, maxBytes: 100_000, overheadBytes: 0, lingerMs: 0)
        let delivery = try TestDelivery(setup)
        for event in 0..<6 { delivery.accept(event, lane: "lane \(event % 3)") }
        try delivery.start()
        let batch = delivery.sender.next()
        #expect(count(batch) == 3)
        for event in 0..<3 { #expect(batch.text.contains("number \(event)\"")) }
        answer(batch, [taken(0), refused(503), taken(2)])
        delivery.settle()
        let next = delivery.sender.next()
        #expect(count(next) == 2 && !next.text.contains("number 4\""), "its lane waits")
        accept(next)
        delivery.advance(ms: 1001)
        for expected in [1, 4] {
            let sent = delivery.sender.next()
            #expect(number(sent) == expected)
            sent.accept()
        }
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 6)
    }

    // MARK: Making

    /// Event 1 is dead and blocks its lane, in which event 2 waits.
    private func blockedLane() throws -> TestDelivery {
        var setup = TestDelivery.Setup()
        setup.blocks = true
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(1, lane: "a")
        delivery.accept(2, lane: "a")
        delivery.sender.next().answer(400, "{}")
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        return delivery
    }

    private func hand(_ delivery: TestDelivery) throws -> StoreChanger {
        try StoreChanger(file: delivery.store.file, now: delivery.store.clock.now)
    }

    private func replay(_ delivery: TestDelivery, _ state: DeliveryState) throws {
        let hand = try hand(delivery)
        let now = delivery.store.clock.now
        let chosen = try chosen(delivery, state)
        let id = try hand.beginReplay(
            ReplayOrder(who: "ana@host", asked: "all"), chosen: chosen.count, resuming: nil,
            now: now)
        _ = try hand.replay(chosen[...], id: id, patch: nil, now: now)
        try hand.endReplay(id, now: now)
    }

    private func chosen(
        _ delivery: TestDelivery, _ state: DeliveryState
    ) throws -> [ChosenDelivery] {
        let reader = try StoreReader(file: delivery.store.file)
        defer { reader.close() }
        var found: [ChosenDelivery] = []
        try reader.list(DeliveryFilter(), now: delivery.store.clock.now) { records in
            found += records.compactMap(ChosenDelivery.init).filter { $0.state == state }
            return true
        }
        return found
    }

    private func first(_ delivery: TestDelivery) throws -> Int64 {
        let connection = try delivery.store.file.openForReading()
        defer { connection.close() }
        return try connection.scalar("SELECT min(seq) FROM deliveries") ?? 0
    }
}
