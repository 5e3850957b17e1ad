import RelayStore
import RelayTesting
import SQLite
import Testing

/// Whoever trusts the torture must have seen it fail: every bug planted here is caught, and mostly
/// by the cut itself, without looking at the disk's records of what was synced.
@Suite struct OracleTests {
    @Test(arguments: Plant.allCases)
    func `a planted bug is caught by what the power cuts leave, and for what it is`(
        plant: Plant
    ) throws {
        for seed in UInt64(1)...300 {
            let world = try World(seed: seed, plant: plant, watchesSyncs: false)
            let found = world.run(Schedule.steps(seed: seed, cuts: true))
            guard let finding = found else { continue }
            #expect(
                !plant.kinds.isDisjoint(with: FindingKind.all(in: finding)),
                "seed \(seed): \(FindingKind.all(in: finding)) \(finding)")
            return
        }
        Issue.record("300 schedules found nothing")
    }

    @Test func `each kind of finding is told from the others`() throws {
        let findings: [FindingKind: [String]] = [
            .lost: ["event 7: expected Event(body: []), found nothing"],
            .undone: [
                "delivery 7: expected delivered(atMs: 1, attempts: 1), found queued(dueAtMs: 0)",
                "delivery 7: expected queued(dueAtMs: 5), found queued(dueAtMs: 0)",
                "hold of 3: expected 9, found nothing",
                "does not open: a name has another number after the restart",
            ],
            .invented: [
                "event 7: expected nothing, found Event(body: [])",
                "delivery 7: expected queued(dueAtMs: 0), found delivered(atMs: 1, attempts: 1)",
                "7 stands in two places",
            ],
            .altered: ["event 7: expected Event(body: []), found Event(body: [1])"],
            .unbalanced: ["the account is out of balance: -1"],
            .damaged: ["does not open: the database is damaged", "row 1 missing from index x"],
            .unfounded: ["failed without a fault: full"],
        ]
        #expect(Set(findings.keys) == Set(FindingKind.allCases))
        for (kind, texts) in findings {
            for text in texts {
                #expect(FindingKind.all(in: "step 1: contents differ:\n  \(text)") == [kind])
            }
        }
        #expect(FindingKind.all(in: "step 1: an erasure that is never done") == [])
    }

    private static let offer = Step.Offer(
        route: 0, body: 1, bytes: 0, lane: nil, deliveryID: nil, isParsable: true)

    @Test(arguments: [Step.Fault.sync, .write, .full, .read, .memory])
    func `a fault excuses what is not done once it has hit somebody, and not before`(
        fault: Step.Fault
    ) throws {
        let world = try World(seed: 1)
        defer { world.endFaults() }
        try world.start(candidates: [world.model])
        world.arm(fault, skipping: 10_000)
        try world.take(.group(offers: [Self.offer], endings: []))
        #expect(throws: World.Finding.self) {
            try world.recover(from: "nothing", candidates: [world.model])
        }
        world.endFaults()
        world.arm(fault, skipping: 0)
        // Somebody writes and syncs, and somebody else reads.
        try? world.writer?.prepare { try $0.connection.execute("CREATE TABLE t (a)") }
        _ = try? StoreContents.read(world.file, now: world.clock.now)
        #expect(world.hasExcuse)
        world.endFaults()
        #expect(!world.hasExcuse)
        world.close()
    }

    @Test func `after a finding nothing is left that fails`() throws {
        let failures = FaultyMemory.failures
        let steps = [
            Step.failing(.memory, skipping: 12), .group(offers: [Self.offer], endings: []),
        ]
        let found = try World(seed: 1, plant: .refusesUnharmed).run(steps)
        #expect(found?.contains("failed without a fault") == true)
        // More than the fault was to let pass.
        for _ in 0..<100 {
            let connection = try Connection(path: ":memory:", mode: .create)
            try connection.execute("SELECT 1")
            connection.close()
        }
        #expect(FaultyMemory.failures == failures)
    }

    @Test(arguments: SimulationPlant.allCases)
    func `a planted bug is caught by the simulation, and for what it is`(
        plant: SimulationPlant
    ) throws {
        for seed in plant.firstSeed..<plant.firstSeed + 60 {
            let simulation = try Simulation(seed: seed, plant: plant)
            let found = simulation.run(plant.happenings(seed: seed))
            guard let finding = found else { continue }
            let end = simulation.witness.journal.suffix(60).joined(separator: "\n")
            #expect(
                plant.symptoms.contains { finding.contains($0) }, "seed \(seed): \(finding)\n\(end)"
            )
            return
        }
        Issue.record("60 simulations found nothing")
    }

    @Test(arguments: UInt64(1)...3)
    func `the relay as it is survives the happenings that are made for a bug`(
        seed: UInt64
    ) throws {
        #expect(try Simulation(seed: seed).run(Forecast.failingDisks(seed: seed)) == nil)
        #expect(try Simulation(seed: seed).run(Forecast.badNeighbours(seed: seed)) == nil)
    }

    @Test(arguments: [Plant.synchronousOff, .synchronousNormal, .diskIgnoresSyncs])
    func `an answer before its sync is caught without any cut`(plant: Plant) throws {
        let steps = [Step.group(offers: [Self.offer], endings: [])]
        #expect(try World(seed: 1).run(steps) == nil)
        let problem = try World(seed: 1, plant: plant).run(steps)
        #expect(problem?.contains("before it was synced") == true)
    }

    @Test func `a damaged page, a lost row and a changed body are seen`() throws {
        let damages = [
            "UPDATE events SET body = x'00'", "DELETE FROM deliveries",
            "UPDATE audit_days SET delivered = delivered + 1",
            "INSERT INTO discarded VALUES (99, 1, 1, 1, NULL, NULL, 'never came', NULL)",
        ]
        for damage in damages {
            let world = try World(seed: 1)
            try world.start(candidates: [world.model])
            try world.take(.group(offers: [Self.offer], endings: []))
            try world.verify(candidates: [world.model])
            try world.writer?.prepare { try $0.connection.execute(damage) }
            #expect(throws: World.Finding.self) { try world.verify(candidates: [world.model]) }
            world.close()
        }
    }
}
