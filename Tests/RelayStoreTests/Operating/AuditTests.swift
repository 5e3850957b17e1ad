import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct AuditTests {
    @Test func `every state has its term, by day, source and destination`() throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        store.pass(ms: 86_400_000)
        let route = try store.route(source: "orders", destinations: ["platform", "copy"])
        try store.accept(store.event(route, body: "{}"))
        let repeated = try store.route(dedupWindowMs: 60_000)
        try store.accept(store.event(repeated, body: "same"))
        try store.accept(store.event(repeated, body: "same"))
        let report = try store.audit()
        #expect(report.isBalanced)
        let total = report.total
        #expect(total.accepted == 12)
        #expect(total.duplicates == 1)
        #expect(total.states[.queued] == 4)
        #expect(total.states[.held] == 2)
        #expect(total.states[.delivered] == 1)
        #expect(total.states[.dead] == 2)
        #expect(total.states[.expired] == 1)
        #expect(total.states[.discarded] == 1)
        #expect(
            report.lines.map { "\($0.day) \($0.source) \($0.destination)" } == [
                "2026-05-28 chatlio platform", "2026-05-28 chatlio copy",
                "2026-05-29 chatlio platform", "2026-05-29 orders platform",
                "2026-05-29 orders copy",
            ])
        let reader = try store.reader()
        #expect(try reader.audit(since: store.now, now: store.now).total.accepted == 4)
        #expect(report.json["balanced"] == true)
        #expect(report.json["queued"] == 4)
    }

    @Test(arguments: [
        ("DELETE FROM deliveries", "waiting"), ("DELETE FROM delivered", "delivered"),
        ("DELETE FROM dead_letters WHERE state = 'dead'", "dead"),
        ("DELETE FROM dead_letters WHERE state = 'expired'", "expired"),
        ("DELETE FROM discarded", "discarded"),
        ("UPDATE audit_days SET accepted = accepted + 1", "waiting"),
    ])
    func `a row that is missing is found and named`(sql: String, term: String) throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        try store.execute(sql)
        let report = try store.audit()
        #expect(!report.isBalanced)
        #expect(Set(report.differences.map(\.term)) == [term])
        #expect(report.differences.allSatisfy { $0.expected != $0.found })
    }

    @Test func `an empty store balances`() throws {
        let store = try FilledStore()
        #expect(try store.audit().isBalanced)
        #expect(try store.audit().lines.isEmpty)
    }
}
