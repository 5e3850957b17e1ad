import RelayTesting
import Testing

/// Whoever trusts the kill rounds must have seen their judge find something: in books made for it,
/// and after real kills of a relay whose store is bent before the next start.
@Suite struct KillOracleTests {
    @Test func `a round as it must be is judged well, and counted`() throws {
        let tally = try FabricatedRound().tally()
        #expect(tally.kills == 1 && tally.acknowledged == 8 && tally.arrived == 15)
        #expect(tally.recorded == 6 && tally.repeated == 3 && tally.repeatedMost == 2)
        #expect(tally.unrecordedMost == 2 && tally.unprovenMost == 0)
    }

    @Test(arguments: FabricatedBug.allCases)
    func `a bug in the books is found for what it is`(bug: FabricatedBug) throws {
        var round = FabricatedRound()
        bug.apply(&round)
        let finding = #expect(throws: KillFinding.self) { try round.tally() }
        #expect(finding?.description.contains(bug.symptom) == true, "\(finding as Any)")
    }

    @Test func `a replay may bring again what was recorded`() throws {
        var round = FabricatedRound()
        // Asked beside the first life and still waiting when it ends; beside the second, and done.
        round.replayed = [1: [4], 2: [3]]
        round.left[FabricatedRound.key(4)] = .queued
        round.arrive(4, life: 2)
        round.arrive(3, life: 2)
        round.mayForget = true
        round.last[FabricatedRound.key(1)] = nil
        #expect(try round.tally().arrived == 17)
    }

    @Test func `events of a lane may go together, and past one that a command gave up`() throws {
        var round = FabricatedRound()
        _ = round.take(4, life: 1)
        _ = round.take(6, life: 1)
        round.arriveTogether([4, 6], life: 1)
        #expect(try round.tally().arrived == 15)
        let discarded = FabricatedRound.key(8)
        (round.left[discarded], round.last[discarded]) = (.discarded, .discarded)
        _ = round.take(8, life: 2)
        round.givenUp = [8]
        round.senderLines.append("S 10 1000 0 \(FabricatedRound.body(10))")
        round.senderLines.append("A 10 1001 id10")
        round.last[FabricatedRound.key(10)] = .delivered
        round.arrive(10, life: 2)
        #expect(try round.tally().arrived == 15)
    }

    @Test func `what a dead relay has sent may be read late`() throws {
        var round = FabricatedRound()
        round.sinkLines[0].removeAll { $0.contains(" 1 /in id6 ") }
        round.arrive(6, life: 1, readAtNs: 1800)
        #expect(try round.tally().repeated == 3)
    }

    @Test func `what was taken after the last commit may be more than a window`() throws {
        var round = FabricatedRound()
        for number in 2...4 { round.left[FabricatedRound.key(number)] = .queued }
        for number in 2...4 { round.arrive(number, life: 2) }
        round.left[FabricatedRound.key(3, 1)] = .queued
        round.arrive(3, at: 1, life: 2)
        round.provenNs = 220
        #expect(try round.tally().unprovenMost == 5)
    }

    @Test(arguments: KillPlant.allCases)
    func `a bug of the relay is found after a real kill`(plant: KillPlant) throws {
        var plan = KillPlan(seed: 1)
        plan.destinations = [.single]
        plan.sender = WitnessSender.Plan()
        plan.delayUs = plant.delayUs
        plan.trouble = plant.trouble
        plan.ahead = nil
        plan.endings = [.load(acknowledgements: 200, us: 0)]
        plan.window = 8
        plan.plant = plant
        let round = try KillRound(plan)
        let finding = #expect(throws: KillFinding.self) { try round.run() }
        #expect(finding?.description.contains(plant.symptom) == true, "\(finding as Any)")
    }
}
