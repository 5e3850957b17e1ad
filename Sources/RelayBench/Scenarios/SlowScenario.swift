/// A destination that thinks for 200 ms: only many requests at once help.
struct SlowScenario: Scenario {
    let name = "slow destination"
    let figures: Set<Figure> = [.d9]
    private static let window = 256
    private static let delayMs = 200
    /// Until the window has opened.
    private static let warmUp = 4000
    private static let measured = 5000

    func measure(in world: BenchWorld, _ tally: inout Tally) throws {
        let sink = try world.sink(delayMs: SlowScenario.delayMs)
        let relay = try world.startRelay([
            DestinationRecipe(sink, maxConcurrency: SlowScenario.window)
        ])
        try world.fill(relay, events: 2 * (SlowScenario.warmUp + SlowScenario.measured))
        let limitMs = 120_000
        _ = sink.wait(messages: SlowScenario.warmUp, limitMs: limitMs)
        sink.reset()
        _ = sink.wait(messages: SlowScenario.measured, limitMs: limitMs)
        let best = Double(SlowScenario.window) * 1000 / Double(SlowScenario.delayMs)
        tally.add(.d9, sink.counts.messagesPerSecond, ceiling: best)
    }
}
