import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct ReplayTests {
    private let order = ReplayOrder(who: "ana@host", asked: "--state dead")

    private func replay(
        _ store: FilledStore, _ chosen: [ChosenDelivery], order: ReplayOrder? = nil
    ) throws -> (id: Int64, step: ReplayStep) {
        let changer = try store.changer()
        defer { changer.close() }
        let order = order ?? self.order
        let id = try changer.beginReplay(
            order, chosen: chosen.count, resuming: nil, now: store.now)
        let step = try changer.replay(chosen[...], id: id, patch: order.patch, now: store.now)
        try changer.endReplay(id, now: store.now)
        return (id, step)
    }

    @Test func `every final state can be sent again and the account stays balanced`() throws {
        let store = try FilledStore()
        let ids = try store.fillEveryState()
        let (id, step) = try replay(
            store, try store.chosen([.delivered, .dead, .expired, .discarded]))
        // The body that is no JSON stays.
        #expect(step.moved == 4)
        #expect(step.unsendable == 1)
        #expect(try store.audit().isBalanced)
        let claims = try store.claims().filter { $0.replay == id }
        #expect(
            Set(claims.map(\.id))
                == Set(["delivered", "dead", "expired", "discarded"].compactMap { ids[$0] }))
        #expect(claims.allSatisfy { $0.dueAtMs > 0 && $0.lane != nil })
    }

    @Test func `attempts count on and the history of a delivered one stays`() throws {
        let store = try FilledStore()
        let first = try store.add("{}", .delivered, status: 200)
        let (_, step) = try replay(store, try store.chosen([.delivered]))
        #expect(step.moved == 1)
        let claim = try #require(try store.claims().first)
        #expect(claim.attempts == 1)
        #expect(claim.id == first.id)
        try store.finish(claim, .delivered, status: 200, tracer: "second")
        let reader = try store.reader()
        let event = try #require(try reader.show(first.id, now: store.now))
        #expect(event.deliveries[0].history.map(\.number) == [1, 2])
        #expect(event.deliveries[0].history.last?.attempt.tracer == "second")
        #expect(try store.audit().isBalanced)
    }

    @Test func `the same choice twice moves nothing twice`() throws {
        let store = try FilledStore()
        for number in 0..<5 { try store.add("{\"n\":\(number)}", .dead(.rejected)) }
        let chosen = try store.chosen([.dead])
        #expect(try replay(store, chosen).step.moved == 5)
        let again = try replay(store, chosen).step
        #expect(again.moved == 0)
        #expect(again.changedMeanwhile == 5)
        // Sent and dead once more: these are not the rows that were chosen.
        store.pass(ms: 1000)
        for claim in try store.claims() {
            try store.finish(claim, .dead(.rejected), status: 400, errorClass: .rejected)
        }
        #expect(try replay(store, chosen).step.moved == 0)
        #expect(try store.audit().isBalanced)
    }

    @Test func `a patch changes what is sent and leaves what is stored`() throws {
        let store = try FilledStore()
        let fits = try store.add(#"{"email":"old","n":1}"#, .dead(.rejected))
        try store.add(#"{"n":2}"#, .dead(.rejected))
        let text = Array(#"[{"op":"replace","path":"/email","value":"new"}]"#.utf8)
        let order = ReplayOrder(
            who: "ana@host", asked: "", patch: try JSONPatch(text), patchText: text)
        let (id, step) = try replay(store, try store.chosen([.dead]), order: order)
        #expect(step.moved == 1)
        #expect(step.misfits.count == 1)
        #expect(step.misfits[0].reason.contains("/email"))
        let claim = try #require(try store.claims().first)
        #expect(String(decoding: claim.body, as: UTF8.self) == #"{"email":"new","n":1}"#)
        let reader = try store.reader()
        #expect(
            String(decoding: try #require(try reader.body(of: fits.id.sequence)), as: UTF8.self)
                == #"{"email":"old","n":1}"#)
        // A retry of a replayed one is still patched.
        try store.finish(
            claim, .retry(at: store.now), status: 503, errorClass: .serverError)
        #expect(try store.claims().first?.body == claim.body)
        #expect(try store.claims().first?.replay == id)
    }

    @Test func `a replay that was written down can be shown with its outcome so far`() throws {
        let store = try FilledStore()
        for number in 0..<3 { try store.add("{\"n\":\(number)}", .dead(.rejected)) }
        let (id, _) = try replay(store, try store.chosen([.dead]))
        let claims = try store.claims()
        try store.finish(claims[0], .delivered, status: 200)
        try store.finish(claims[1], .dead(.rejected), status: 400, errorClass: .rejected)
        let reader = try store.reader()
        let record = try #require(try reader.replay(id))
        #expect(record.who == "ana@host")
        #expect((record.chosen, record.moved) == (3, 3))
        #expect(record.outcome[.delivered] == 1)
        #expect(record.outcome[.dead] == 1)
        #expect(record.outcome[.queued] == 1)
        #expect(record.gone == 0)
        #expect(try reader.replays(limit: 10).map(\.id) == [id])
        #expect(try reader.replay(99) == nil)
    }

    @Test func `an interrupted replay is found by its words and knows what it moved`() throws {
        let store = try FilledStore()
        for number in 0..<4 { try store.add("{\"n\":\(number)}", .delivered, status: 200) }
        let chosen = try store.chosen([.delivered])
        let changer = try store.changer()
        defer { changer.close() }
        let id = try changer.beginReplay(order, chosen: 4, resuming: nil, now: store.now)
        _ = try changer.replay(chosen[..<2], id: id, patch: nil, now: store.now)
        for claim in try store.claims() { try store.finish(claim, .delivered, status: 200) }
        let reader = try store.reader()
        let earliest = store.now.adding(ms: -60_000)
        #expect(try reader.interruptedReplay(like: order, since: earliest)?.id == id)
        let other = ReplayOrder(who: "ana@host", asked: "--state expired")
        #expect(try reader.interruptedReplay(like: other, since: earliest) == nil)
        #expect(
            try reader.interruptedReplay(like: order, since: store.now.adding(ms: 1)) == nil)
        let left = try store.chosen([.delivered]).filter { try !reader.wasReplayed($0, by: id) }
        #expect(left.map(\.key) == chosen[2...].map(\.key))
        _ = try changer.beginReplay(order, chosen: left.count, resuming: id, now: store.now)
        #expect(try changer.replay(left[...], id: id, patch: nil, now: store.now).moved == 2)
        try changer.endReplay(id, now: store.now)
        #expect(try reader.interruptedReplay(like: order, since: earliest) == nil)
        #expect(try reader.replay(id)?.moved == 4)
    }

    @Test func `what an operator sent again is not too old`() throws {
        let store = try FilledStore()
        try store.add("{}", .expired)
        store.pass(ms: 86_400_000 * 10)
        _ = try replay(store, try store.chosen([.expired]))
        let reader = try ClaimReader(file: store.file)
        defer { reader.close() }
        let destination = try store.number("platform", .destination)
        #expect(
            try reader.overdue(destination: destination, before: store.now, limit: 10).isEmpty)
    }
}
