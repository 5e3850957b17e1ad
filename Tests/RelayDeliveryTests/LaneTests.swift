import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import Testing

@Suite struct LaneTests {
    @Test func `events of one lane leave one after the other, others pass`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1, lane: "a")
        delivery.accept(2, lane: "a")
        delivery.accept(3, lane: "b")
        let first = delivery.sender.next()
        let other = delivery.sender.next()
        #expect(number(first) == 1 && number(other) == 3)
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        first.accept()
        let second = delivery.sender.next()
        #expect(number(second) == 2)
        second.accept()
        other.accept()
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 3)
    }

    @Test func `a waiting head holds back its own lane only, and order survives retries`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        for event in 1...3 { delivery.accept(event, lane: "a") }
        delivery.sender.next().answer(500)
        delivery.settle()
        delivery.accept(9, lane: "b")
        let other = delivery.sender.next()
        #expect(number(other) == 9)
        other.accept()
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        delivery.advance(ms: 1001)
        for expected in 1...3 {
            let sent = delivery.sender.next()
            #expect(number(sent) == expected)
            sent.accept()
            delivery.settle()
        }
        #expect(try Account(delivery.store).delivered == 4)
    }

    @Test func `a dead head is skipped by default`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1, lane: "a")
        delivery.accept(2, lane: "a")
        delivery.sender.next().answer(400, "{}")
        #expect(number(delivery.sender.next()) == 2)
    }

    @Test func `a dead head blocks its lane where the policy says so`() throws {
        var setup = TestDelivery.Setup()
        setup.blocks = true
        let delivery = try TestDelivery(setup)
        try delivery.start()
        delivery.accept(1, lane: "a")
        delivery.accept(2, lane: "a")
        delivery.sender.next().answer(400, "{}")
        delivery.settle()
        delivery.accept(3, lane: "b")
        let other = delivery.sender.next()
        #expect(number(other) == 3)
        other.accept()
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        let account = try Account(delivery.store)
        #expect(account.dead == 1 && account.queued == 1 && account.delivered == 1)
    }

    @Test func `order holds in each of many lanes`() throws {
        let first = try TestDelivery()
        for event in 0..<40 { first.accept(event, lane: "lane \(event % 4)") }
        try first.start()
        var last = [-1, -1, -1, -1]
        for _ in 0..<40 {
            let sent = first.sender.next()
            let event = number(sent)
            #expect(event > last[event % 4])
            last[event % 4] = event
            sent.accept()
        }
        first.settle()
        #expect(try Account(first.store).delivered == 40)
    }
}
