import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct LargeStoreTests {
    /// 30,000 events: every third delivered, every thirtieth tried, the others untried.
    private func largeStore() throws -> FilledStore {
        let store = try FilledStore()
        let route = try store.route()
        try store.ledger.transaction { ledger in
            for number in 0..<30_000 {
                store.pass(ms: 1)
                let event = store.event(route, body: #"{"n":\#(number)}"#)
                guard case .stored(let id) = try ledger.accept(event) else { continue }
                let claim = StoredEvent(id: id, event: event).claim(
                    destination: route.destinations[0])
                guard number % 3 == 0 else { continue }
                let isRetry = number % 30 == 0
                let attempt = Attempt(
                    startedAt: store.now, durationMs: 1, status: isRetry ? 503 : 200,
                    errorClass: isRetry ? .serverError : nil, message: nil, tracer: nil)
                let result: Finish.Result =
                    isRetry ? .retry(at: store.now.adding(ms: 1000)) : .delivered
                _ = try ledger.finish(
                    Finish(claim: claim, result: result, attempt: attempt), now: store.now)
            }
        }
        return store
    }

    @Test func `a whole listing has everything once and in order, page by page`() throws {
        let store = try largeStore()
        var keys: [DeliveryKey] = []
        var largest = 0
        try store.reader().list(DeliveryFilter(), now: store.now) { records in
            largest = max(largest, records.count)
            keys += records.map(\.key)
            return true
        }
        #expect(keys.count == 30_000)
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 > $1 })
        // Five tables and ranges of at most one page each.
        #expect(largest <= 5 * StoreReader.pageRows)
    }

    @Test func `a writer goes on while a listing is handed over`() throws {
        let store = try largeStore()
        var pages = 0
        var rows = 0
        let route = try store.route()
        try store.reader().list(DeliveryFilter(), now: store.now) { records in
            pages += 1
            rows += records.count
            store.pass(ms: 1)
            try store.accept(store.event(route, body: "{}"))
            return pages < 5
        }
        #expect(pages == 5)
        #expect(try store.reader().status(now: store.now).counts[.queued] == 21_005)
    }

    @Test func `the first page costs a page, not a scan`() throws {
        let store = try largeStore()
        let reader = try store.reader()
        var instructions = 0
        reader.connection.setProgressHandler(everyInstructions: 100) {
            instructions += 100
            return false
        }
        try reader.list(DeliveryFilter(), limit: 50, now: store.now) { _ in true }
        #expect(instructions < 20_000)
    }

    @Test func `what no untried or delivered row can have is not looked for in them`() throws {
        let store = try largeStore()
        let reader = try store.reader()
        var instructions = 0
        reader.connection.setProgressHandler(everyInstructions: 100) {
            instructions += 100
            return false
        }
        var failed = DeliveryFilter()
        failed.errorClasses = [.serverError]
        var found = 0
        try reader.list(failed, now: store.now) { records in
            found += records.count
            return true
        }
        #expect(found == 1000)
        #expect(instructions < 300_000)
        failed.errorClasses = []
        failed.statuses = [200]
        found = 0
        try reader.list(failed, now: store.now) { records in
            found += records.count
            return true
        }
        #expect(found == 9000)
    }

    @Test(arguments: QueueShape.Key.allCases)
    func `the shape is the same however small its parts are`(key: QueueShape.Key) throws {
        let store = try largeStore()
        let reader = try store.reader()
        let whole = try reader.shape(by: key, now: store.now)
        var parts = 0
        var last: Int64 = 0
        let small = try reader.shape(by: key, now: store.now, rows: 700) { counted in
            parts += 1
            last = counted
        }
        #expect(whole.rows == small.rows)
        #expect(whole.rows.map(\.total).reduce(0, +) == 21_000)
        // 20,000 untried and 1,000 tried.
        #expect(parts == 29 + 2)
        #expect(last == 21_000)
    }

    @Test func `pages grow where little fits`() throws {
        let store = try largeStore()
        let reader = try store.reader()
        var filter = DeliveryFilter()
        filter.states = [.delivered]
        filter.hooks = ["rare"]
        _ = try store.number("rare", .hook)
        var pages = 0
        try reader.list(filter, limit: 50, now: store.now, passing: { _ in pages += 1 }) { _ in true
        }
        // 9000 rows: 50, 100, 200, 400, then 500 each.
        #expect(pages < 25)
    }

    @Test func `counts and rates come from bounded reads`() throws {
        let store = try largeStore()
        let status = try store.reader().status(now: store.now)
        #expect(status.counts[.queued] == 21_000)
        #expect(status.counts[.delivered] == 9000)
        // 30,000 events in 30 s, of which the newest 10,000 were looked at.
        #expect(abs(status.arrivalsPerSecond - 1000) < 2)
        #expect(status.deliveriesPerSecond == 150)
    }

    @Test(arguments: [
        DeliveryScan.untriedSQL, DeliveryScan.triedSQL, DeliveryScan.inFlightSQL,
        DeliveryScan.inFlightAgainSQL, DeliveryScan.deliveredSQL,
        DeliveryScan.deadLettersSQL, DeliveryScan.discardedSQL, StoreReader.eventSQL,
        StoreReader.lastAttemptSQL, StoreReader.untriedOfEventSQL, StoreReader.triedOfEventSQL,
        StoreReader.finalsOfEventSQL, StoreReader.detailSQL, StoreReader.historySQL,
        StoreReader.deliveredAttemptSQL, StoreReader.oldestUntriedSQL, StoreReader.oldestTriedSQL,
        StoreReader.duplicatesSQL, StoreReader.arrivalsSQL, StoreReader.erasureScanSQL,
        ShapePart.untried.endSQL, ShapePart.tried.endSQL,
    ])
    func `no statement scans a table or sorts`(sql: String) throws {
        let store = try FilledStore()
        let plan = try store.ledger.connection.prepare("EXPLAIN QUERY PLAN " + sql)
            .rows { $0.text(3) }
        for step in plan {
            // A subquery with a LIMIT of its own is walked whole.
            #expect(!step.hasPrefix("SCAN") || step.hasPrefix("SCAN (subquery"), "\(step)")
            #expect(!step.contains("TEMP B-TREE"), "\(step)")
            #expect(!step.contains("AUTOMATIC"), "\(step)")
        }
        #expect(!plan.isEmpty)
    }

    @Test func `the newest deliveries are walked backwards, not sorted`() throws {
        let store = try FilledStore()
        let plan = try store.ledger.connection
            .prepare("EXPLAIN QUERY PLAN " + StoreReader.finishedSQL).rows { $0.text(3) }
        #expect(!plan.contains { $0.contains("TEMP B-TREE") })
    }
}
