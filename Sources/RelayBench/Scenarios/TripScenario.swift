/// An idle relay and one event at a time, first alone and then beside a destination that hangs.
struct TripScenario: Scenario {
    let name = "from the 200 to the destination"
    let figures: Set<Figure> = [.d4p50, .d4p99, .d5]
    private static let waitingElsewhere = 100_000
    private static let pauseMicroseconds = 4000

    func measure(in world: BenchWorld, _ tally: inout Tally) throws {
        let sink = try world.sink(marks: true)
        let relay = try world.startRelay([
            DestinationRecipe(sink), DestinationRecipe(world.sink(delayMs: nil)),
        ])
        let alone = try trips(world, relay, sink)
        tally.add(.d4p50, alone.p50Ms)
        tally.add(.d4p99, alone.p99Ms)
        guard world.settings.figures.contains(.d5) else { return }
        try world.fill(
            relay, events: min(TripScenario.waitingElsewhere, world.settings.backlog), source: 2)
        tally.add(.d5, try trips(world, relay, sink).p99Ms, ceiling: alone.p99Ms)
    }

    private func trips(
        _ world: BenchWorld, _ relay: RelayChild, _ sink: Sink
    ) throws -> Spread {
        Trips.reset()
        let before = sink.counts.messages
        var load = world.load(relay)
        load.connections = 1
        load.pauseMicroseconds = TripScenario.pauseMicroseconds
        load.durationMs = max(world.settings.seconds, 2) * 500
        load.marks = true
        let result = load.run()
        guard sink.wait(messages: before + result.accepted, limitMs: 60_000) else {
            throw BenchFailure("an event did not arrive within a minute")
        }
        return Trips.spread
    }
}
