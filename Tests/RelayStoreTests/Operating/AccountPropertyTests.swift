import RelayCore
import RelayTesting
import SQLite
import Testing

@testable import RelayStore

/// Whatever a relay and its operators do, in whatever order: the account balances, in the store,
/// in a copy and in what is restored from it.
struct AccountPropertyTests {
    private static let days: Int64 = 86_400_000
    private static let retention = Retention(
        deliveredMs: 2 * days, deadMs: 4 * days, discardedMs: 3 * days)

    /// One store and the steps that chance takes on it.
    private final class Walk {
        let store: FilledStore
        private let random: SeededRandom
        private var number = 0
        private(set) var taken: [String: Int] = [:]

        init(seed: UInt64) throws {
            store = try FilledStore()
            random = SeededRandom(seed: seed)
        }

        private func chance(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

        func step() throws {
            store.pass(ms: Int64(chance(5_000_000)))
            let steps: [(String, () throws -> Void)] = [
                ("accept", accept), ("accept", accept), ("finish", finish), ("finish", finish),
                ("replay", replay), ("discard", discard), ("erase", erase), ("hold", hold),
                ("prune", prune),
            ]
            let (name, step) = steps[chance(steps.count)]
            try step()
            taken[name, default: 0] += 1
        }

        /// Now and then a body that came before, which is a repeat within the window.
        private func accept() throws {
            for _ in 0...chance(6) {
                number += 1
                let isRepeat = chance(5) == 0
                let body = #"{"who":"p\#(chance(9))","n":\#(isRepeat ? number / 2 : number)}"#
                let route = try store.route(
                    source: chance(3) == 0 ? "orders" : "chatlio",
                    destinations: [["platform"], ["copy"], ["platform", "copy"]][chance(3)],
                    dedupWindowMs: 3_600_000)
                try store.accept(
                    store.event(
                        route, body: body, lane: chance(2) == 0 ? "l\(chance(4))" : nil,
                        isParsable: chance(12) > 0))
            }
        }

        private func finish() throws {
            for claim in try store.claims(chance(2) == 0 ? "platform" : "copy")
            where chance(2) == 0 {
                switch chance(5) {
                case 0, 1: try store.finish(claim, .delivered, status: 200)
                case 2:
                    try store.finish(
                        claim, .retry(at: store.now.adding(ms: 60_000)), status: 503,
                        errorClass: .serverError, message: "busy")
                case 3:
                    try store.finish(
                        claim, .dead(.rejected), status: 400, errorClass: .rejected,
                        message: "p\(chance(9)) is wrong")
                default: try store.finish(claim, .expired, status: nil, errorClass: .expired)
                }
            }
        }

        private func some(_ states: Set<DeliveryState>) throws -> [ChosenDelivery] {
            try store.chosen(states).filter { _ in chance(4) == 0 }
        }

        /// Also with a choice that is no longer what it was.
        private func replay() throws {
            let chosen = try some([.dead, .expired, .discarded, .delivered])
            let text = Array(#"[{"op":"test","path":"/who","value":"p\#(chance(9))"}]"#.utf8)
            let patch = chance(3) == 0 ? try JSONPatch(text) : nil
            let order = ReplayOrder(
                who: "ana", asked: "\(number)", patch: patch, patchText: patch.map { _ in text })
            let changer = try store.changer()
            defer { changer.close() }
            let id = try changer.beginReplay(
                order, chosen: chosen.count, resuming: nil, now: store.now)
            for _ in 0...chance(2) {
                _ = try changer.replay(chosen[...], id: id, patch: patch, now: store.now)
            }
            if chance(3) > 0 { try changer.endReplay(id, now: store.now) }
        }

        private func discard() throws {
            let chosen = try some([.queued, .held, .dead, .expired])
            if chance(3) == 0 { try finish() }
            let changer = try store.changer()
            defer { changer.close() }
            _ = try changer.discard(chosen[...], reason: "stale", now: store.now)
        }

        private func erase() throws {
            var filter = DeliveryFilter()
            filter.matches = BodyMatch("/who=p\(chance(9))").map { [$0] } ?? []
            let reader = try store.reader()
            let choice = try reader.eventsToErase(filter, everywhere: chance(2) == 0) { _, _ in
                true
            }
            reader.close()
            let changer = try store.changer()
            defer { changer.close() }
            _ = try changer.erase(
                choice.sequences.prefix(4), who: "ana", now: store.now)
            _ = try changer.eraseText(ErasedText(filter), who: "ana", now: store.now)
        }

        private func hold() throws {
            _ = try store.route(destinations: ["copy"])
            let changer = try store.changer()
            defer { changer.close() }
            if chance(2) == 0 {
                try changer.hold("copy", until: nil, reason: "p1", now: store.now)
            } else {
                _ = try changer.release("copy", now: store.now)
            }
        }

        private func prune() throws {
            var round = PruneRound()
            for _ in 0..<chance(8) {
                _ = try store.ledger.transaction { [store] ledger in
                    try ledger.prune(
                        &round, now: store.now, retention: AccountPropertyTests.retention,
                        limit: 20)
                }
            }
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `no order of events and commands puts the account out of balance`(seed: UInt64) throws {
        let walk = try Walk(seed: seed)
        for number in 0..<120 {
            try walk.step()
            guard number % 8 == 0 else { continue }
            let report = try walk.store.audit()
            #expect(report.isBalanced, "step \(number): \(report.differences)")
        }
        #expect(walk.taken.count == 7)
        let report = try walk.store.audit()
        #expect(report.total.accepted > 50)
        try compareCopies(walk.store, report)
    }

    private func compareCopies(_ store: FilledStore, _ report: AuditReport) throws {
        let copy = StoreFile(path: store.folder + "/copy.db")
        try store.file.backup(to: copy.path, now: store.now) { _ in true }
        let restored = StoreFile(directory: store.folder + "/restored")
        try restored.restore(from: copy, holder: "test", now: store.now) { _ in true }
        for file in [copy, restored] {
            let verdict = try file.examine(now: store.now)
            #expect(verdict.isSound)
            #expect(verdict.audit?.total == report.total)
        }
        // The same store with one row too few does not balance.
        let damaged = try restored.openForWriting(nowMs: store.now.milliseconds)
        try damaged.execute(
            """
            DELETE FROM delivered WHERE seq = (SELECT max(seq) FROM delivered);
            DELETE FROM dead_letters WHERE seq = (SELECT max(seq) FROM dead_letters);
            """)
        damaged.close()
        #expect(try restored.examine(now: store.now).audit?.isBalanced == false)
    }
}
