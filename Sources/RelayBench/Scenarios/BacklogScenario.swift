/// A backlog: what it costs intake, memory and a restart, and how fast it goes.
struct BacklogScenario: Scenario {
    let name = "backlog"
    let figures: Set<Figure> = [.i6, .d3batches, .d3single, .d6, .d7]

    func measure(in world: BenchWorld, _ tally: inout Tally) throws {
        let backlog = world.settings.backlog
        let hanging = try world.sink(delayMs: nil)
        let fresh = try world.startRelay([.held(by: hanging)])
        let empty = world.load(fresh).run()
        try world.fill(fresh, events: max(backlog - empty.accepted, 0))
        let full = world.load(fresh).run()
        tally.add(.i6, full.perSecond, ceiling: empty.perSecond)
        tally.add(.d6, Double(fresh.usage.residentPeakBytes) / 1_048_576)
        fresh.kill()

        let again = try world.launchRelay([.held(by: hanging)])
        guard let waitedNs = again.firstAcceptanceNs(limitMs: 600_000) else {
            throw BenchFailure("the relay does not start again; see \(world.folder.logPath)")
        }
        tally.add(.d7, Double(waitedNs) / 1e6)
        again.kill()
        let stored = max(backlog, empty.accepted) + full.accepted
        // Half of it is left for the batches, however small it is.
        let rest = try drain(
            world, batch: nil, figure: .d3single, waiting: stored, wanted: stored / 2, &tally)
        _ = try drain(
            world, batch: 200, figure: .d3batches, waiting: rest,
            wanted: max(rest - BacklogScenario.unsure, rest / 2), &tally)
    }

    /// What may be under way or not recorded when a relay is killed.
    private static let unsure = 10_000

    /// - Parameter wanted: arrivals to wait for, as long as a measurement lasts.
    /// - Returns: how many are certainly still waiting.
    private func drain(
        _ world: BenchWorld, batch: Int?, figure: Figure, waiting: Int, wanted: Int,
        _ tally: inout Tally
    ) throws -> Int {
        let ceiling = try Ceiling.delivery(world, batch: batch)
        let sink = try world.sink()
        let relay = try world.launchRelay([DestinationRecipe(sink, batch: batch)])
        guard sink.wait(messages: 1, limitMs: 60_000) else {
            throw BenchFailure("nothing of the backlog arrives")
        }
        _ = sink.wait(messages: wanted, limitMs: world.settings.seconds * 1000)
        let counts = sink.counts
        relay.kill()
        tally.add(figure, counts.messagesPerSecond, ceiling: ceiling)
        return max(waiting - sink.counts.messages, 0)
    }
}
