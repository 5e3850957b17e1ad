/// One connection: nothing to share a sync with.
struct LonelyScenario: Scenario {
    let name = "one connection"
    let figures: Set<Figure> = [.i3]

    func measure(in world: BenchWorld, _ tally: inout Tally) throws {
        let sync = try SyncProbe.measure(in: world.folder)
        let relay = try world.startRelay([.held(by: world.sink(delayMs: nil))])
        var load = world.load(relay)
        load.connections = 1
        load.durationMs = max(world.settings.seconds, 2) * 500
        tally.add(.i3, load.run().latency.p50Ms, ceiling: sync.p50Ms)
    }
}
