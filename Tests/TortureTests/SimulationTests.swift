import Foundation
import RelayCore
import RelayRuntime
import RelayTesting
import Signing
import Testing

/// The whole relay under a manual clock, days of it in a second; see `Simulation`.
@Suite struct SimulationTests {
    /// Of `make test`; `make torture` sets the variable.
    static let roundsDefault: UInt64 = 12
    /// A long run takes as many seeds as a tenth of its rounds: each is a hundred times the work
    /// of a power cut.
    private static let share: UInt64 = 10
    /// Whatever the number of seeds: what one of them takes, and what the heap keeps for the next.
    private static let residentGrowthBytes: Int64 = 256 * 1_048_576

    static var seeds: Range<UInt64> {
        get throws { try TortureSeeds.range(ofTest: roundsDefault, share: share) }
    }

    @Test func `every event comes to its end whatever happens on the way`() throws {
        var sum = SimulationCounts()
        let seeds = try Self.seeds
        let residentBytes = Self.residentBytes
        for seed in seeds {
            let happenings = Forecast.happenings(seed: seed)
            let found = try Self.run(seed: seed, happenings, &sum)
            guard let problem = found else { continue }
            let shortest = Shrinker.shortest(of: happenings) { fewer in
                (try? Simulation(seed: seed))?.run(fewer) != nil
            }
            Issue.record(
                """
                seed \(seed) (replay: HOLDFAST_TORTURE_SEED=\(seed)): \(problem)
                shortest schedule that still fails: \(shortest)
                it ends so:
                \(try Self.lastLines(seed: seed, shortest))
                """)
            return
        }
        Self.say(sum, of: seeds.count)
        guard seeds.count >= 10 else { return }
        #expect(Self.residentBytes - residentBytes < Self.residentGrowthBytes)
        #expect(sum.delivered > 0 && sum.dead > 0 && sum.lives > seeds.count)
    }

    private static var residentBytes: Int64 {
        FaultyMemory.giveBackFreed()
        return ProcessVitals.read()?.residentBytes ?? 0
    }

    /// A simulation, of which nothing may be left when it is over.
    private static func run(
        seed: UInt64, _ happenings: [Happening], _ sum: inout SimulationCounts
    ) throws -> String? {
        let remains: Remains
        let found: String?
        do {
            let simulation = try Simulation(seed: seed)
            remains = simulation.remains
            found = simulation.run(happenings)
            sum += simulation.witness.counts
        }
        return found ?? (remains.names.isEmpty ? nil : "it is over, and left: \(remains.names)")
    }

    private static func lastLines(seed: UInt64, _ happenings: [Happening]) throws -> String {
        let simulation = try Simulation(seed: seed)
        _ = simulation.run(happenings)
        return simulation.witness.journal.suffix(60).joined(separator: "\n")
    }

    /// What a long run has done, for docs/reliability.md.
    private static func say(_ sum: SimulationCounts, of count: Int) {
        guard count > roundsDefault else { return }
        FileHandle.standardError.write(Data("\(sum)\n".utf8))
    }

    // MARK: More than memory holds

    /// Its windows are wide and its batches large, so that it is soon over.
    private static let floodSeed: UInt64 = 51

    @Test func `a flood stays in the store, comes to its end and makes nobody else wait`() throws {
        let simulation = try Simulation(seed: Self.floodSeed)
        #expect(simulation.run(Forecast.floods(seed: Self.floodSeed)) == nil)
        #expect(simulation.witness.counts.waitingPeak > Limits.activeDeliveries)
    }

    // MARK: It leaves nothing

    @Test func `a simulation gives back its memory and its disk`() throws {
        var sum = SimulationCounts()
        // What is made once for all of them.
        #expect(try Self.run(seed: 2, Forecast.happenings(seed: 2), &sum) == nil)
        let (bytes, disks) = (FaultyMemory.usedBytes, FaultyFileSystem.livingDisks)
        #expect(try Self.run(seed: 3, Forecast.happenings(seed: 3), &sum) == nil)
        #expect(FaultyFileSystem.livingDisks == disks)
        #expect(FaultyMemory.usedBytes == bytes)
    }

    // MARK: A seed is one run

    @Test func `the same seed is the same run, in this process and in another`() async throws {
        let here = try Self.digest(seed: 3)
        #expect(try Self.digest(seed: 3) == here)
        #expect(try Self.digest(seed: 4) != here)
        let there = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let digest = try SimulationTests.digest(seed: 3)
            FileHandle.standardError.write(Data(digest.utf8))
        }
        let said = String(decoding: there?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains(here))
    }

    /// Of everything that happened: between the parts, at the destinations and on the disk.
    static func digest(seed: UInt64) throws -> String {
        let simulation = try Simulation(seed: seed)
        simulation.disk.keepJournal()
        let found = simulation.run(Forecast.happenings(seed: seed))
        let disk = simulation.disk.journal.map { "\($0)" }
        let lines = ["\(found ?? "well")"] + simulation.witness.journal + disk
        return SHA256.digest(Array(lines.joined(separator: "\n").utf8)).hex
    }
}
