import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct PruneTests {
    private static let day: Int64 = 86_400_000
    private let retention = Retention(
        deliveredMs: 7 * day, deadMs: 90 * day, discardedMs: 30 * day)

    /// Runs one whole round in small steps.
    private func round(_ store: FilledStore, limit: Int = 3) throws -> PruneReceipt {
        var round = PruneRound()
        var total = PruneReceipt()
        for _ in 0..<10_000 {
            let now = store.now
            let step = try store.ledger.transaction {
                try $0.prune(&round, now: now, retention: retention, limit: limit)
            }
            total.deliveries += step.deliveries
            total.events += step.events
            total.pages += step.pages
            if step.isRoundOver { return total }
        }
        Issue.record("the round does not end")
        return total
    }

    @Test func `each final state goes at its age and the account keeps it`() throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        let before = try store.audit().total
        store.pass(ms: 8 * Self.day)
        #expect(try round(store).deliveries == 1)
        store.pass(ms: 23 * Self.day)
        #expect(try round(store).deliveries == 1)
        store.pass(ms: 60 * Self.day)
        #expect(try round(store).deliveries == 3)
        let report = try store.audit()
        #expect(report.isBalanced)
        #expect(report.total.pruned == 5)
        #expect(report.total.states == before.states)
        // What waits is never pruned, nor what it needs; nor the newest event.
        #expect(try store.scalar("SELECT count(*) FROM deliveries") == 3)
        #expect(try store.scalar("SELECT count(*) FROM events") == 4)
        #expect(try store.scalar("SELECT count(*) FROM attempts WHERE attempt > 0") == 1)
    }

    @Test func `an event stays until all its deliveries are gone`() throws {
        let store = try FilledStore()
        let claims = try store.accept(
            store.event(try store.route(destinations: ["platform", "copy"]), body: "{}"))
        try store.finish(claims[0], .delivered, status: 200)
        try store.add("{}", .delivered, status: 200)
        store.pass(ms: 8 * Self.day)
        _ = try round(store)
        #expect(try store.scalar("SELECT count(*) FROM events") == 2)
        try store.finish(claims[1], .delivered, status: 200)
        store.pass(ms: 8 * Self.day)
        _ = try round(store)
        #expect(try store.scalar("SELECT count(*) FROM events") == 1)
        #expect(try store.audit().isBalanced)
    }

    /// Also when it is due and another is newer by then: a power cut may bring an old mark back.
    @Test func `an event that a mark may name stays for that round`() throws {
        let store = try FilledStore()
        let claims = try (0..<4).map { number in
            try #require(
                try store.accept(store.event(try store.route(), body: "\(number)")).first)
        }
        for claim in claims { try store.finish(claim, .delivered, status: 200) }
        store.pass(ms: 8 * Self.day)
        let kept = claims[2].id.sequence
        store.ledger.keptFrom = { kept }
        #expect(try round(store).events == 2)
        #expect(try store.scalar("SELECT min(seq) FROM events") == kept)
        store.ledger.keptFrom = { .max }
        #expect(try round(store).events == 1)
        #expect(try store.scalar("SELECT count(*) FROM events") == 1)
        #expect(try store.audit().isBalanced)
    }

    @Test func `repeats go, too, and the file shrinks`() throws {
        let store = try FilledStore()
        let body = String(repeating: "x", count: 20_000)
        let route = try store.route(dedupWindowMs: 60_000)
        for number in 0..<50 {
            let claim = try store.accept(store.event(route, body: "\(number)\(body)"))[0]
            try store.accept(store.event(route, body: "\(number)\(body)"))
            try store.finish(claim, .delivered, status: 200)
        }
        let pages = try store.scalar("PRAGMA page_count")
        store.pass(ms: 8 * Self.day)
        let receipt = try round(store, limit: 10)
        #expect(receipt.deliveries == 50)
        #expect(receipt.events == 99)
        #expect(receipt.pages > 100)
        #expect(try store.scalar("PRAGMA page_count") < pages / 4)
        let report = try store.audit()
        #expect(report.isBalanced)
        #expect(report.total.duplicates == 50)
    }

    @Test func `a round ends when nothing is due`() throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        #expect(try round(store) == PruneReceipt())
    }

    @Test func `a clock that was ahead for a moment does not end retention`() throws {
        let store = try FilledStore()
        store.pass(ms: 3650 * Self.day)
        try store.add("{}", .delivered, status: 200)
        store.pass(ms: -3650 * Self.day)
        let route = try store.route(dedupWindowMs: 60_000)
        let claim = try store.accept(store.event(route, body: "1"))[0]
        try store.accept(store.event(route, body: "1"))
        try store.finish(claim, .delivered, status: 200)
        try store.add("{}", .delivered, status: 200)
        #expect(try round(store) == PruneReceipt())
        store.pass(ms: 8 * Self.day)
        let receipt = try round(store)
        #expect(receipt.deliveries == 2 && receipt.events == 2)
        #expect(try store.audit().isBalanced)
    }
}
