/// A destination that is down for the whole load and then comes back.
struct OutageScenario: Scenario {
    let name = "outage"
    let figures: Set<Figure> = [.d11intake, .d11back, .d11drain]
    /// The longest rest, and some more.
    private static let backLimitMs = 90_000

    func measure(in world: BenchWorld, _ tally: inout Tally) throws {
        let port = try FreePort.find()
        var recipe = DestinationRecipe(port: port)
        recipe.batch = 200
        let relay = try world.startRelay([recipe])
        let result = world.load(relay).run()
        tally.add(.d11intake, result.perSecond)

        // Before the sink is there, which what comes at once does not wait for.
        let startNs = Monotonic.nanoseconds
        let sink = try world.sink(port: port)
        guard sink.wait(messages: 1, limitMs: Self.backLimitMs) else {
            throw BenchFailure("nothing arrives at a destination that has come back")
        }
        tally.add(.d11back, Double(Monotonic.nanoseconds - startNs) / 1e9)
        guard sink.wait(messages: result.accepted, limitMs: 600_000) else {
            throw BenchFailure(
                "of \(result.accepted) events only \(sink.counts.messages) were delivered")
        }
        tally.add(.d11drain, sink.counts.messagesPerSecond)
    }
}
