import RelayCore
import RelayStore
import RelayTesting

/// Operators work from processes of their own, also while the relay is down.
extension Simulation {
    func operate(_ kind: Happening.Kind) throws {
        let failures = disk.failures
        do {
            try carryOut(kind)
        } catch let finding as World.Finding {
            throw finding
        } catch {
            // The disk must have failed this very command, or somebody beside it meanwhile.
            guard hasDied || disk.failures != failures else {
                throw World.Finding("an operator's command failed: \(error)")
            }
            witness.record("an operator's command failed")
        }
    }

    private func carryOut(_ kind: Happening.Kind) throws {
        switch kind {
        case .hold(let index, let forMs): try hold(index, forMs: forMs)
        case .release(let index): try release(index)
        case .replay(let picks): try replay(picks)
        case .discard(let picks): try discard(picks)
        case .erase(let picks): try erase(picks)
        default: try backUp()
        }
    }

    /// Changes are seen within a second; half of one more for the tick that sees them.
    private static let seenAfterMs: Int64 = 1500

    private func change<Result>(_ body: (StoreChanger) throws -> Result) throws -> Result {
        let changer = try StoreChanger(file: file, now: stage.now)
        defer { changer.close() }
        return try body(changer)
    }

    private func hold(_ index: Int, forMs: Int64?) throws {
        disturb(index, forMs: 0)
        heldSites.insert(index)
        let until = forMs.map { stage.now.adding(ms: $0) }
        witness.heldFromMs[index] = nil
        try change {
            try $0.hold(Site.names[index], until: until, reason: "simulated", now: stage.now)
        }
        // A hold that ends by itself ends by the wall clock, which may be set meanwhile.
        guard forMs == nil else { return }
        witness.heldFromMs[index] = stage.elapsedMs + Self.seenAfterMs
    }

    func release(_ index: Int) throws {
        witness.heldFromMs[index] = nil
        heldSites.remove(index)
        settleDown(index)
        _ = try change { try $0.release(Site.names[index], now: stage.now) }
    }

    private func chosen(
        _ picks: [Int], where isWanted: (DeliveryState) -> Bool
    ) throws -> [ChosenDelivery] {
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        var found: [ChosenDelivery] = []
        try reader.list(DeliveryFilter(), now: stage.now) { records in
            found += records.compactMap(ChosenDelivery.init).filter { isWanted($0.state) }
            return true
        }
        guard !found.isEmpty else { return [] }
        return Set(picks.map { $0 % found.count }).sorted().map { found[$0] }
    }

    private func key(_ delivery: ChosenDelivery) -> Witness.Key {
        let site = numberOfSite.firstIndex(of: delivery.key.destination) ?? 0
        return Witness.Key(site: site, sequence: delivery.key.sequence)
    }

    private func replay(_ picks: [Int]) throws {
        let chosen = try chosen(picks) { $0.isFinal }
        disturb(nil, forMs: 0)
        for delivery in chosen { witness.replayed(key(delivery)) }
        try change { changer in
            let id = try changer.beginReplay(
                ReplayOrder(who: "simulated", asked: "some"), chosen: chosen.count, resuming: nil,
                now: stage.now)
            _ = try changer.replay(chosen[...], id: id, patch: nil, now: stage.now)
            try changer.endReplay(id, now: stage.now)
        }
    }

    private func discard(_ picks: [Int]) throws {
        let chosen = try chosen(picks) { $0 != .delivered && $0 != .discarded }
        disturb(nil, forMs: 0)
        for delivery in chosen { witness.discarded(key(delivery)) }
        try change {
            _ = try $0.discard(chosen[...], reason: "simulated", now: stage.now)
        }
        let byMs = stage.elapsedMs + Self.seenAfterMs
        for delivery in chosen { witness.discarded(key(delivery), byMs: byMs) }
    }

    private static let erasedPerStep = 2

    /// As the command does it, for one person after the other.
    private func erase(_ picks: [Int]) throws {
        let known = witness.acknowledged.map(\.number)
        guard !known.isEmpty else { return }
        disturb(nil, forMs: 0)
        for number in Set(picks.map { known[$0 % known.count] }).sorted() {
            // What is no JSON has no members to be found by.
            guard witness.offers[number]?.isParsable == true else { continue }
            var filter = DeliveryFilter()
            filter.matches = [
                BodyMatch(pointer: JSONPointer(tokens: ["n"]), value: "\(number)")
            ]
            let sequences = try eventsToErase(filter)
            witness.checkErasure(
                of: number, finds: sequences, prunes: configuration.deliveredMs < 86_400_000)
            try change { changer in
                try changer.beginErasure()
                for start in stride(from: 0, to: sequences.count, by: Self.erasedPerStep) {
                    _ = try changer.erase(
                        sequences[start..<min(start + Self.erasedPerStep, sequences.count)],
                        who: "simulated", now: stage.now)
                }
                while try changer.giveBackFreePages() > 0 {}
                _ = try changer.clearLog()
            }
            witness.erasureIsDone(sequences, byMs: stage.elapsedMs + Self.seenAfterMs)
        }
    }

    private func eventsToErase(_ filter: DeliveryFilter) throws -> [Int64] {
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        return try reader.eventsToErase(filter) { _, _ in true }.sequences
    }

    private func backUp() throws {
        let path = home.file("copy.db")
        defer { World.remove(path) }
        try file.backup(to: path, now: stage.now) { _ in true }
        let (_, damages) = try StoreContents.read(StoreFile(path: path), now: stage.now)
        guard damages.isEmpty else { throw World.Finding("the copy is damaged: \(damages)") }
    }
}
