import RelayCore
import RelayStore
import RelayTesting
import SQLite

@testable import RelayDelivery

extension Simulation {
    /// Longer than any wait of any policy, twice over, ms.
    private static let endLimitMs: Int64 = 6 * 3_600_000

    /// All faults stop, every hold ends, and the rest must come to its end.
    func calmDown() throws {
        witness.record("all is calm")
        witness.disturb(site: nil)
        disk.cutPower(afterChanges: nil)
        disk.forgetFailures()
        disk.limitCapacity(bytes: nil)
        for site in sites { site.becomeFair() }
        try advance(toMs: stage.elapsedMs + Int64(Simulation.downAfterFailureMs))
        if relay == nil { try advance(toMs: stage.elapsedMs + 4 * 3_600_000) }
        for index in sites.indices { try operateCalmly { try release(index) } }
        // Who counts earlier may find nothing waiting and an event on its way.
        if stage.elapsedMs < lastPostMs { try advance(toMs: lastPostMs) }
        let endMs = stage.elapsedMs + Self.endLimitMs
        while try waiting() > 0 {
            guard stage.elapsedMs < endMs else {
                throw World.Finding("\(try waiting()) deliveries never come to an end")
            }
            try advance(toMs: stage.elapsedMs + 600_000)
        }
        try advance(toMs: stage.elapsedMs + 60_000)
        try judge()
    }

    private func operateCalmly(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw World.Finding("an operator's command failed: \(error)")
        }
    }

    private func waiting() throws -> Int64 {
        let connection = try file.openForReading()
        defer { connection.close() }
        return try connection.scalar("SELECT count(*) FROM deliveries") ?? 0
    }

    // MARK: The account

    private func judge() throws {
        let (contents, damages) = try StoreContents.read(file, now: stage.now)
        guard damages.isEmpty else { throw World.Finding(damages.joined(separator: "; ")) }
        let prunes = configuration.deliveredMs < 86_400_000
        try witness.judge(
            contents, numberOfSite: numberOfSite, maxAgeMs: configuration.maxAgeMs, prunes: prunes)
    }

    // MARK: Bounds

    /// Turns that an idle process takes in a second, at the most: its ticks.
    private static let turnsPerSecond: Int64 = 40
    /// And for each thing that happens to it.
    private static let turnsPerThing: Int64 = 60

    func checkBounds() throws {
        let things = Int64(
            witness.counts.requests * 2 + witness.acknowledged.count + witness.offers.count
                + lives * 20 + 100)
        let allowed =
            Self.turnsPerSecond * stage.elapsedMs / 1000 + Self.turnsPerThing * things
        guard Int64(stage.turns) <= allowed else {
            throw World.Finding("\(stage.turns) turns, where \(allowed) would do: a busy loop")
        }
        guard let scheduler = relay?.scheduler else { return }
        if !floods.isEmpty, let count = try? waiting() {
            witness.counts.waitingPeak = max(witness.counts.waitingPeak, count)
        }
        for line in scheduler.lines.values where line.readyCount > Limits.activeDeliveries {
            throw World.Finding("\(line.readyCount) deliveries in memory for one destination")
        }
        for line in scheduler.lines.values where line.gate.windowSize > witness.windowLimit {
            throw World.Finding("a window of \(line.gate.windowSize)")
        }
    }
}
