import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct DepthTests {
    @Test func `states, ages and what was pruned, by destination`() throws {
        let store = try FilledStore()
        let route = try store.route(destinations: ["platform", "copy"])
        let claims = try store.accept(store.event(route, body: "{}"))
        store.pass(ms: 1000)
        try store.accept(store.event(route, body: #"{"a":1}"#))
        try store.finish(
            claims[0], .retry(at: store.now.adding(ms: 5000)), status: 503,
            errorClass: .serverError, message: "busy")
        try store.finish(claims[1], .delivered, status: 200, tracer: nil)
        try store.ledger.transaction { ledger in
            try ledger.hold(route.destinations[1], at: store.now, until: nil, reason: "")
        }
        try store.ledger.connection.execute(
            "UPDATE audit_days SET pruned_dead = 4 WHERE destination = \(route.destinations[0])")
        store.pass(ms: 2000)

        let depths = try store.reader().depth(now: store.now)
        #expect(depths.map(\.name) == ["platform", "copy"])
        let (platform, copy) = (depths[0], depths[1])
        #expect(platform.counts[.queued] == 2 && platform.counts[.held] == 0)
        #expect(copy.counts[.queued] == 0 && copy.counts[.held] == 1)
        #expect(copy.counts[.delivered] == 1)
        #expect(platform.pruned[.dead] == 4 && copy.pruned[.dead] == 0)
        // The oldest is the one that is due later; the other has been due since it came.
        #expect(platform.oldestReceivedAt == FilledStore.start)
        #expect(platform.dueAt == FilledStore.start.adding(ms: 1000))
    }

    @Test func `what is due later lies ahead, and nothing waiting has no time`() throws {
        let store = try FilledStore()
        let route = try store.route()
        let claim = try store.accept(store.event(route, body: "{}"))[0]
        let due = store.now.adding(ms: 60_000)
        try store.finish(
            claim, .retry(at: due), status: 503, errorClass: .serverError, message: "busy")
        #expect(try store.reader().depth(now: store.now)[0].dueAt == due)
        try store.ledger.connection.execute("DELETE FROM deliveries")
        let empty = try store.reader().depth(now: store.now)[0]
        #expect(empty.dueAt == nil && empty.oldestReceivedAt == nil)
    }

    /// Steps of SQLite's machine that one reading takes, by a store with so many rows waiting.
    private func steps(waiting rows: Int) throws -> Int {
        let store = try FilledStore()
        let route = try store.route()
        try store.ledger.transaction { ledger in
            for number in 0..<rows {
                let event = store.event(route, body: #"{"n":\#(number)}"#)
                guard case .stored(let id) = try ledger.accept(event), number % 2 == 0 else {
                    continue
                }
                let claim = StoredEvent(id: id, event: event).claim(
                    destination: route.destinations[0])
                let attempt = Attempt(
                    startedAt: store.now, durationMs: 1, status: 503, errorClass: .serverError,
                    message: nil, tracer: nil)
                _ = try ledger.finish(
                    Finish(claim: claim, result: .retry(at: store.now), attempt: attempt),
                    now: store.now)
            }
        }
        let reader = try store.reader()
        var steps = 0
        reader.connection.setProgressHandler(everyInstructions: 1) {
            steps += 1
            return false
        }
        #expect(try reader.depth(now: store.now)[0].counts[.queued] == rows)
        return steps
    }

    @Test func `a reading costs the same at any backlog`() throws {
        let few = try steps(waiting: 100)
        let many = try steps(waiting: 20_000)
        #expect(many == few)
        #expect(few < 2000)
    }

    @Test(arguments: [StoreReader.countsSQL, StoreReader.prunedSQL, StoreReader.earliestDueSQL])
    func `no reading scans the queue`(sql: String) throws {
        let store = try FilledStore()
        let plan = try store.ledger.connection.prepare("EXPLAIN QUERY PLAN " + sql)
            .rows { $0.text(3) }
        #expect(!plan.isEmpty)
        for step in plan {
            #expect(!step.hasPrefix("SCAN") || step.contains("audit_days"), "\(step)")
        }
    }
}
