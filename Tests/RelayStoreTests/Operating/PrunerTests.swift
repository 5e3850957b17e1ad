import RelayCore
import RelayTesting
import Testing

@testable import RelayStore

struct PrunerTests {
    @Test func `retention walks beside the groups of a running writer`() throws {
        let store = try TestStore()
        defer { store.close() }
        let route = try store.route(dedupWindowMs: 0)
        for number in 0..<500 {
            _ = store.accept(Fixtures.event(route: route, body: Fixtures.body(number)))
        }
        _ = store.finish(
            try store.claims(route.destinations[0]).map {
                Finish(claim: $0, result: .delivered, attempt: Fixtures.attempt())
            })
        let pruner = pruner(store)
        #expect(round(pruner, store) == 0)
        store.clock.advance(ms: 8 * 86_400_000)
        let receipts = Mailbox<PruneReceipt?>()
        var deliveries = 0
        for _ in 0..<100 {
            pruner.step(now: store.clock.now) { receipts.put($0) }
            let receipt = try #require(receipts.take())
            #expect(receipt.deliveries <= Pruner.stepRows)
            deliveries += receipt.deliveries
            // Intake goes on between two steps.
            _ = store.accept(
                Fixtures.event(
                    route: route, at: store.clock.now, body: Fixtures.body(1000 + deliveries)))
            if receipt.isRoundOver { break }
        }
        #expect(deliveries == 500)
        let reader = try StoreReader(file: store.file)
        defer { reader.close() }
        let report = try reader.audit(now: store.clock.now)
        #expect(report.isBalanced)
        #expect(report.total.pruned == 500)
    }

    @Test func `a step that could not be stored is taken again`() throws {
        let store = try TestStore()
        let pruner = Pruner(
            writer: store.writer,
            retention: Retention(deliveredMs: 0, deadMs: 0, discardedMs: 0))
        store.writer.fail(.stopped)
        let receipts = Mailbox<PruneReceipt?>()
        pruner.step(now: store.clock.now) { receipts.put($0) }
        #expect(receipts.take() == nil)
        store.close()
    }

    @Test func `a clock that jumps ahead takes nothing for an hour`() throws {
        let store = try TestStore()
        defer { store.close() }
        try fill(store)
        let pruner = pruner(store)
        #expect(round(pruner, store) == 0)
        store.clock.jump(ms: 400 * 86_400_000)
        #expect(round(pruner, store) == 0)
        store.clock.jump(ms: -400 * 86_400_000)
        store.clock.advance(ms: 3_600_000)
        #expect(round(pruner, store) == 0)
        store.clock.jump(ms: 400 * 86_400_000)
        #expect(round(pruner, store) == 0)
        store.clock.advance(ms: 3_600_000)
        #expect(round(pruner, store) == 2, "whoever is ahead for so long is believed")
    }

    @Test func `a clock that is ahead at the start takes nothing for an hour`() throws {
        let store = try TestStore()
        defer { store.close() }
        try fill(store)
        store.clock.jump(ms: 400 * 86_400_000)
        let pruner = pruner(store)
        #expect(round(pruner, store) == 0)
        store.clock.advance(ms: 3_600_000)
        #expect(round(pruner, store) == 2)
    }

    private func fill(_ store: TestStore) throws {
        let route = try store.route(dedupWindowMs: 0)
        for number in 0..<2 {
            _ = store.accept(
                Fixtures.event(route: route, at: store.clock.now, body: Fixtures.body(number)))
        }
        _ = store.finish(
            try store.claims(route.destinations[0]).map {
                Finish(claim: $0, result: .delivered, attempt: Fixtures.attempt())
            })
    }

    private func pruner(_ store: TestStore) -> Pruner {
        Pruner(
            writer: store.writer,
            retention: Retention(
                deliveredMs: 7 * 86_400_000, deadMs: 86_400_000, discardedMs: 86_400_000))
    }

    /// What one round takes.
    private func round(_ pruner: Pruner, _ store: TestStore) -> Int {
        let receipts = Mailbox<PruneReceipt?>()
        var deliveries = 0
        while true {
            pruner.step(now: store.clock.now) { receipts.put($0) }
            let receipt = receipts.take()
            deliveries += receipt?.deliveries ?? 0
            if receipt?.isRoundOver ?? true { return deliveries }
        }
    }
}
