import Foundation
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

    static var seeds: Range<UInt64> {
        PowerCutTests.seeds(ofTest: roundsDefault, share: share)
    }

    @Test func `every event comes to its end whatever happens on the way`() throws {
        var sum = SimulationCounts()
        for seed in Self.seeds {
            let happenings = Forecast.happenings(seed: seed)
            let simulation = try Simulation(seed: seed)
            let found = simulation.run(happenings)
            sum += simulation.witness.counts
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
        Self.say(sum)
        guard Self.seeds.count >= 10 else { return }
        #expect(sum.delivered > 0 && sum.dead > 0 && sum.lives > Self.seeds.count)
    }

    private static func lastLines(seed: UInt64, _ happenings: [Happening]) throws -> String {
        let simulation = try Simulation(seed: seed)
        _ = simulation.run(happenings)
        return simulation.witness.journal.suffix(60).joined(separator: "\n")
    }

    /// What a long run has done, for docs/reliability.md.
    private static func say(_ sum: SimulationCounts) {
        guard seeds.count > roundsDefault else { return }
        FileHandle.standardError.write(Data("\(sum)\n".utf8))
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
