import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct DiscardTests {
    private func discard(_ store: FilledStore, _ chosen: [ChosenDelivery]) throws -> DiscardStep {
        let changer = try store.changer()
        defer { changer.close() }
        return try changer.discard(chosen[...], reason: "discarded by ana@host", now: store.now)
    }

    @Test func `what waits and what is dead is given up with its reason`() throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        let chosen = try store.chosen([.queued, .held, .dead, .expired])
        let step = try discard(store, chosen)
        #expect(step.discarded == chosen.count)
        #expect(try store.claims().isEmpty)
        #expect(try store.audit().isBalanced)
        let reader = try store.reader()
        let ids = chosen.map(reader.id(of:))
        var filter = DeliveryFilter()
        filter.ids = Set(ids)
        try reader.list(filter, now: store.now) { records in
            #expect(records.allSatisfy { $0.state == .discarded })
            #expect(records.allSatisfy { $0.lastError == "discarded by ana@host" })
            #expect(Set(records.map(\.attempts)) == [0, 1])
            return true
        }
    }

    @Test func `what the relay finished meanwhile keeps its end`() throws {
        let store = try FilledStore()
        let claim = try store.accept(store.event(try store.route(), body: "{}"))[0]
        let chosen = try store.chosen([.queued])
        try store.finish(claim, .delivered, status: 200)
        let step = try discard(store, chosen)
        #expect(step.discarded == 0)
        #expect(step.changedMeanwhile == 1)
        #expect(try store.audit().total.states[.delivered] == 1)
    }

    @Test func `a delivery that ends after it was given up changes nothing`() throws {
        let store = try FilledStore()
        let claim = try store.accept(store.event(try store.route(), body: "{}"))[0]
        _ = try discard(store, try store.chosen([.queued]))
        let finish = Finish(
            claim: claim, result: .delivered,
            attempt: Attempt(
                startedAt: store.now, durationMs: 1, status: 200, errorClass: nil, message: nil,
                tracer: nil))
        let changed = try store.ledger.transaction { try $0.finish(finish, now: store.now) }
        #expect(!changed)
        let report = try store.audit()
        #expect(report.isBalanced)
        #expect(report.total.states[.discarded] == 1)
    }
}
