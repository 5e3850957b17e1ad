import RelayCore
import RelayDelivery
import RelayRuntime
import RelayStore
import RelayTesting
import SQLite
import Testing

@Suite struct ObservingTests {
    private func counters(_ delivery: TestDelivery) -> DestinationCounters {
        delivery.scheduler.counters.destination("platform")
    }

    @Test func `attempts are counted by what became of the delivery and why`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        delivery.sender.next().answer(500, "unwell")
        delivery.settle()
        delivery.advance(ms: 1001)
        delivery.sender.next().accept()
        delivery.accept(2)
        delivery.sender.next().answer(400, "{}")
        delivery.settle()
        let counters = counters(delivery)
        #expect(counters.count(of: .retry, .serverError) == 1)
        #expect(counters.count(of: .delivered) == 1)
        #expect(counters.count(of: .dead, .rejected) == 1)
        #expect(counters.count(of: .dead, .serverError) == 0)
    }

    @Test func `how long a delivery took is told in the first hour, too`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        delivery.accept(1)
        delivery.advance(ms: 5000)
        delivery.sender.next().accept()
        delivery.settle()
        let times = try #require(
            delivery.scheduler.counters.families.first { $0.name == "holdfast_delivery_seconds" })
        guard case .distribution(let distribution) = times.samples[0].value else {
            Issue.record("it is no histogram")
            return
        }
        #expect(distribution.total == 1 && distribution.sum == 5000)
    }

    @Test func `every series is there before anything has happened`() throws {
        let delivery = try TestDelivery()
        let families = delivery.scheduler.counters.families
        let attempts = try #require(families.first { $0.name == "holdfast_attempts_total" })
        #expect(attempts.samples.count == 1 + 3 * 11)
        #expect(
            families.map(\.name) == [
                "holdfast_attempts_total", "holdfast_request_seconds",
                "holdfast_delivery_seconds", "holdfast_late_finishes_total",
            ])
    }

    @Test func `the gate's readings follow it`() throws {
        var setup = TestDelivery.Setup()
        setup.destinations = ["platform", "copy"]
        setup.window = 1
        let delivery = try TestDelivery(setup)
        try delivery.start()
        #expect(delivery.scheduler.gateReadings.map(\.destination) == ["copy", "platform"])
        #expect(delivery.scheduler.gateReadings.allSatisfy { $0.block == nil && !$0.isHeld })
        delivery.accept(1)
        for _ in 0..<2 { delivery.sender.next().answer(404, "") }
        try eventually("a reading of the refusal") {
            delivery.scheduler.gateReadings.allSatisfy {
                $0.block == .refused && $0.requestsInFlight == 0
            }
        }
    }

    @Test func `a destination that refuses everything has bounded lines in the log`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        let count = Limits.destinationLinesPerMinute + 25
        for number in 0..<count {
            delivery.accept(number)
            delivery.sender.next().answer(400, "{}")
        }
        delivery.settle()
        delivery.advance(ms: 60_000)
        let word = "more lines about this destination were left out destination=platform count=25"
        var parked = 0
        while true {
            let line = delivery.said.take()
            if line.contains("an event is parked") { parked += 1 }
            if line.contains(word) { break }
        }
        #expect(parked == Limits.destinationLinesPerMinute)
    }

    @Test func `a store that cannot be read has bounded lines in the log`() throws {
        let delivery = try TestDelivery()
        try delivery.store.writer.prepare { ledger in
            try ledger.connection.execute("ALTER TABLE replays RENAME TO elsewhere")
        }
        try delivery.start()
        for number in 0..<Limits.destinationLinesPerMinute + 25 {
            delivery.accept(number)
            delivery.settle()
        }
        var lines = 0
        while delivery.said.count > 0 {
            if delivery.said.take().contains("the queue cannot be read") { lines += 1 }
        }
        #expect(lines == Limits.destinationLinesPerMinute)
    }
}
