import Foundation
import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct EraseTests {
    private static let person = "ana.prata@example.org"

    private func filter(_ value: String = person) throws -> DeliveryFilter {
        var filter = DeliveryFilter()
        filter.matches = [try #require(BodyMatch("/visitor/email=\(value)"))]
        return filter
    }

    private func body(_ person: String, _ number: Int, padding: Int = 0) -> String {
        let pad = String(repeating: "p", count: padding)
        return #"{"visitor":{"email":"\#(person)"},"n":\#(number),"pad":"\#(pad)"}"#
    }

    /// The whole of `erase`, without pauses.
    private func erase(
        _ store: FilledStore, _ filter: DeliveryFilter
    ) throws -> (choice: ErasureChoice, receipt: ErasureReceipt) {
        let reader = try store.reader()
        let choice = try reader.eventsToErase(filter) { _, _ in true }
        reader.close()
        let changer = try store.changer()
        defer { changer.close() }
        try changer.beginErasure()
        var receipt = try changer.erase(
            choice.sequences[...], who: "ana@host", now: store.now)
        receipt += try changer.eraseText(ErasedText(filter), who: "ana@host", now: store.now)
        while try changer.giveBackFreePages() > 0 {}
        receipt.isLogCleared = try changer.clearLog()
        return (choice, receipt)
    }

    private func files(_ store: FilledStore) -> [UInt8] {
        ["", "-wal", "-shm"].flatMap { suffix in
            [UInt8](FileManager.default.contents(atPath: store.file.path + suffix) ?? Data())
        }
    }

    private func holds(_ store: FilledStore, _ text: String) -> Bool {
        ByteSearch(Array(text.utf8)).isFound(in: files(store).span)
    }

    /// A person everywhere: waiting, tried, dead with an excerpt, delivered, repeated, in the
    /// query, in another event's excerpt and in an operator's words; small and large bodies.
    private func fill(_ store: FilledStore) throws {
        for (number, padding) in [0, 3000, 30_000].enumerated() {
            try store.accept(
                store.event(
                    try store.route(), body: body(Self.person, number, padding: padding),
                    lane: Self.person))
            try store.accept(
                store.event(
                    try store.route(), body: body("bela@example.org", number, padding: padding)))
        }
        try store.add(
            body(Self.person, 10), .dead(.rejected), message: "no such mail: \(Self.person)")
        try store.add(
            body(Self.person, 11), .retry(at: store.now), message: "busy with \(Self.person)")
        try store.add(body(Self.person, 12), .delivered, status: 200)
        try store.add(
            body("cara@example.org", 13), .dead(.rejected),
            message: "one of the batch is wrong: \(Self.person)")
        let route = try store.route(dedupWindowMs: 60_000)
        try store.accept(store.event(route, body: body(Self.person, 14)))
        try store.accept(store.event(route, body: body(Self.person, 14)))
        try store.execute(
            """
            INSERT INTO holds VALUES (99, 1, NULL, 'because of \(Self.person)');
            INSERT INTO replays (started_at_ms, operator, asked, patch, chosen) VALUES
                (1, 'ana@host', '--match /visitor/email=\(Self.person)', NULL, 0);
            """)
    }

    @Test func `nothing of the person is left in any file while the relay has it open`() throws {
        let store = try FilledStore()
        try fill(store)
        #expect(holds(store, Self.person))
        let (choice, receipt) = try erase(store, try filter())
        #expect(choice.sequences.count == 8)
        #expect(choice.duplicates == 1)
        #expect(receipt.events == 8)
        #expect(receipt.discarded == 5)
        #expect(receipt.replays == 1)
        #expect(receipt.isLogCleared)
        #expect(!holds(store, Self.person))
        #expect(holds(store, "bela@example.org"))
        #expect(try store.audit().isBalanced)
        #expect(try store.ledger.connection.text("PRAGMA integrity_check") == "ok")
    }

    @Test func `the relay goes on and cannot bring it back`() throws {
        let store = try FilledStore()
        try fill(store)
        let claims = try store.claims()
        _ = try erase(store, try filter())
        // What the relay still had in memory ends now, with an answer that quotes the person.
        for claim in claims {
            let attempt = Attempt(
                startedAt: store.now, durationMs: 1, status: 400, errorClass: .rejected,
                message: claim.body.count > 200 ? nil : "bad: \(Self.person)", tracer: nil)
            let isHers = String(decoding: claim.body, as: UTF8.self).contains(Self.person)
            guard isHers else { continue }
            let finish = Finish(claim: claim, result: .dead(.rejected), attempt: attempt)
            let changed = try store.ledger.transaction { try $0.finish(finish, now: store.now) }
            #expect(!changed)
        }
        try store.add(body("dora@example.org", 20), .delivered, status: 200)
        _ = try store.ledger.connection.checkpoint(.truncate)
        #expect(!holds(store, Self.person))
        #expect(try store.audit().isBalanced)
    }

    @Test func `the rows stay and say so`() throws {
        let store = try FilledStore()
        let claim = try store.add(
            body(Self.person, 1), .dead(.rejected), message: "bad: \(Self.person)")
        _ = try erase(store, try filter())
        let reader = try store.reader()
        let event = try #require(try reader.show(claim.id, now: store.now))
        #expect(event.erasedAt == store.now)
        #expect(event.body.isEmpty)
        #expect(event.headers.isEmpty)
        #expect(event.query == nil)
        #expect(event.remoteAddress.isEmpty)
        #expect(event.lane == nil)
        #expect(event.deliveries[0].record.state == .dead)
        #expect(event.deliveries[0].record.lastError == "(erased)")
        #expect(event.deliveries[0].history.allSatisfy { $0.attempt.message == nil })
        // It cannot be sent again, because there is nothing to send.
        let changer = try store.changer()
        defer { changer.close() }
        let order = ReplayOrder(who: "", asked: "")
        let id = try changer.beginReplay(order, chosen: 1, resuming: nil, now: store.now)
        let step = try changer.replay(
            try store.chosen([.dead])[...], id: id, patch: nil, now: store.now)
        #expect(step.unsendable == 1)
    }

    @Test func `a replay whose patch names the person no longer sends it`() throws {
        let store = try FilledStore()
        try store.add(#"{"visitor":{"email":"x"}}"#, .dead(.rejected))
        let text = Array(
            #"[{"op":"replace","path":"/visitor/email","value":"\#(Self.person)"}]"#.utf8)
        let order = ReplayOrder(who: "", asked: "", patch: try JSONPatch(text), patchText: text)
        let changer = try store.changer()
        let id = try changer.beginReplay(order, chosen: 1, resuming: nil, now: store.now)
        _ = try changer.replay(
            try store.chosen([.dead])[...], id: id, patch: order.patch, now: store.now)
        changer.close()
        let (choice, receipt) = try erase(store, try filter())
        #expect(choice.isEmpty)
        #expect(receipt.replays == 1)
        #expect(receipt.discarded == 1)
        #expect(!holds(store, Self.person))
        #expect(try store.audit().isBalanced)
    }

    @Test func `a filter narrows, and an escaped spelling is found`() throws {
        let store = try FilledStore()
        try store.add(#"{"visitor":{"email":"an\u0061@example.org"}}"#, .delivered, status: 200)
        store.pass(ms: 10_000)
        try store.add(body("ana@example.org", 2), .delivered, status: 200)
        let reader = try store.reader()
        var filter = try filter("ana@example.org")
        #expect(try reader.eventsToErase(filter) { _, _ in true }.sequences.count == 2)
        filter.since = store.now.adding(ms: -5000)
        #expect(try reader.eventsToErase(filter) { _, _ in true }.sequences.count == 1)
        filter.hooks = ["nobody"]
        #expect(throws: UnknownName.self) { _ = try reader.eventsToErase(filter) { _, _ in true } }
    }

    @Test func `a patched replay with much waiting is given up in steps`() throws {
        let store = try FilledStore()
        let count = StepLimits.rows * 2
        for number in 0..<count { try store.add(#"{"n":\#(number)}"#, .dead(.rejected)) }
        let text = Array(#"[{"op":"add","path":"/mail","value":"\#(Self.person)"}]"#.utf8)
        let order = ReplayOrder(who: "", asked: "", patch: try JSONPatch(text), patchText: text)
        let changer = try store.changer()
        defer { changer.close() }
        let id = try changer.beginReplay(order, chosen: count, resuming: nil, now: store.now)
        _ = try changer.replay(
            try store.chosen([.dead])[...], id: id, patch: order.patch, now: store.now)
        var commits = 0
        changer.ledger.connection.setWALHook { _ in commits += 1 }
        let receipt = try changer.eraseText(
            ErasedText(try filter()), who: "ana@host", now: store.now)
        #expect(receipt.discarded == count)
        #expect(receipt.replays == 1)
        #expect(commits >= 3)
        #expect(try store.scalar("SELECT count(*) FROM replays WHERE patch IS NULL") == 1)
        #expect(try store.audit().isBalanced)
    }

    @Test func `clearing the log does not keep the writer waiting for a reader`() throws {
        let store = try FilledStore()
        try store.add(body(Self.person, 1), .delivered, status: 200)
        let reader = try store.reader()
        let changer = try store.changer()
        defer { changer.close() }
        try reader.connection.execute("BEGIN; SELECT count(*) FROM events;")
        try store.add(body(Self.person, 2), .delivered, status: 200)
        // A reader that never ends: it answers at once, and says so.
        #expect(try !changer.clearLog())
        #expect(try changer.ledger.connection.scalar("PRAGMA busy_timeout") == 10_000)
        reader.close()
        #expect(try changer.clearLog())
    }
}
