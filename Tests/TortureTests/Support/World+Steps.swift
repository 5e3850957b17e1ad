import RelayCore
import RelayStore
import RelayTesting
import SQLite

extension World {
    /// Does one step. Throws only what must not be.
    func take(_ step: Step) throws {
        do {
            try carryOut(step)
        } catch let finding as Finding {
            throw finding
        } catch {
            // A question that was not answered changes nothing.
            try recover(from: "\(error)", candidates: [model])
        }
    }

    private func carryOut(_ step: Step) throws {
        switch step {
        case .group(let offers, let endings): try group(offers, endings)
        case .lateFinish(let pick): try finishLate(pick)
        case .hold(let index, let forMs):
            let destination = destinations[index % destinations.count]
            let until = forMs.map { clock.now.adding(ms: $0) }
            let now = clock.now
            try perform {
                try $0.hold(destination, at: now, until: until, reason: "torture")
            } expecting: {
                $0.holds[destination] = until?.milliseconds ?? .max
            }
        case .release(let index):
            let destination = destinations[index % destinations.count]
            let now = clock.now
            try perform {
                _ = try $0.release(destination, at: now)
            } expecting: {
                $0.holds[destination] = nil
            }
        case .discard(let picks): try discard(picks)
        case .replay(let picks): try replay(picks)
        case .prune: try prune()
        case .erase(let body): try erase(body)
        case .failing(let fault, let skipping): arm(fault, skipping: skipping)
        case .failingStart(let fault, let skipping): try startFailing(fault, skipping: skipping)
        case .backup: try backUp()
        case .restore: try restore()
        case .checkpoint(let truncating): try checkpoint(truncating: truncating)
        case .wait(let ms): clock.advance(ms: ms)
        case .reopen:
            close()
            try start(candidates: [model])
        case .kill: disk.cutPower(.everything)
        case .cut: disk.cutPower()
        case .cutDuring(let changes, let again): arm(afterChanges: changes, again: again)
        }
    }

    /// A change on the writer's queue, with what it does to the model.
    private func perform(
        _ work: @escaping @Sendable (Ledger) throws -> Void,
        expecting change: (inout StoreContents) -> Void
    ) throws {
        guard let writer else { return }
        var after = model
        change(&after)
        let results = Mailbox<(any Error)?>()
        writer.perform(work) { results.put($0) }
        try settle(results.take(), after: [after])
    }

    /// What was answered is done; what was not may be done or not, if the power went.
    func settle(_ error: (any Error)?, after stages: [StoreContents]) throws {
        guard let error else {
            model = stages.last ?? model
            return
        }
        try recover(from: "\(error)", candidates: [model] + stages)
    }

    private func checkpoint(truncating: Bool) throws {
        var failure: (any Error)?
        do {
            try writer?.prepare {
                _ = try $0.connection.checkpoint(truncating ? .truncate : .passive)
            }
        } catch {
            failure = error
        }
        try settle(failure, after: [model])
    }

    private func prune() throws {
        guard let writer else { return }
        let stages = model.pruned(now: clock.now, retention: World.retention)
        let pruner = Pruner(writer: writer, retention: World.retention)
        let receipts = Mailbox<PruneReceipt?>()
        for _ in 0..<100 {
            pruner.step(now: clock.now) { receipts.put($0) }
            guard let receipt = receipts.take() else {
                try settle(Finding("a step of retention was not stored"), after: stages)
                return
            }
            if receipt.isRoundOver { break }
        }
        model = stages.last ?? model
    }

    // MARK: Operators

    private func chosen(
        _ picks: [Int], where isWanted: (DeliveryState) -> Bool
    ) throws -> [ChosenDelivery] {
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        var found: [ChosenDelivery] = []
        try reader.list(DeliveryFilter(), now: clock.now) { records in
            found += records.compactMap(ChosenDelivery.init).filter { isWanted($0.state) }
            return true
        }
        guard !found.isEmpty else { return [] }
        return Set(picks.map { $0 % found.count }).sorted().map { found[$0] }
    }

    /// Operators have a connection of their own, beside the writer.
    private func operate(
        after: StoreContents, _ body: (StoreChanger) throws -> Void
    ) throws {
        do {
            let changer = try StoreChanger(file: file, now: clock.now)
            defer { changer.close() }
            try body(changer)
            try settle(nil, after: [after])
        } catch let finding as Finding {
            throw finding
        } catch {
            try settle(error, after: [after])
        }
    }

    private func discard(_ picks: [Int]) throws {
        let chosen = try chosen(picks) { $0 != .delivered && $0 != .discarded }
        var after = model
        for delivery in chosen { after.discard(delivery.key, now: clock.now) }
        try operate(after: after) { changer in
            let step = try changer.discard(chosen[...], reason: "torture", now: clock.now)
            guard step.discarded == chosen.count else { throw Finding("discarded: \(step)") }
        }
    }

    private func replay(_ picks: [Int]) throws {
        let chosen = try chosen(picks) { $0.isFinal }
        var after = model
        for delivery in chosen { after.replay(delivery.key, now: clock.now) }
        try operate(after: after) { changer in
            let id = try changer.beginReplay(
                ReplayOrder(who: "torture", asked: "all"), chosen: chosen.count, resuming: nil,
                now: clock.now)
            _ = try changer.replay(chosen[...], id: id, patch: nil, now: clock.now)
            try changer.endReplay(id, now: clock.now)
        }
    }
}
