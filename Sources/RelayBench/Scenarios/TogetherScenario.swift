/// Intake and delivery at once, until the last event has arrived.
struct TogetherScenario: Scenario {
    let batch: Int?
    var name: String { batch == nil ? "end to end" : "end to end in batches" }
    var figures: Set<Figure> { batch == nil ? [.d1, .d8single] : [.d2, .d8batches, .d8disk] }

    func measure(in world: BenchWorld, _ tally: inout Tally) throws {
        let ceiling = try Ceiling.delivery(world, batch: batch)
        let sink = try world.sink()
        let relay = try world.startRelay([DestinationRecipe(sink, batch: batch)])
        // The event that showed that the relay runs.
        _ = sink.wait(messages: 1, limitMs: 10_000)
        sink.reset()
        let before = relay.usage
        let startNs = Monotonic.nanoseconds
        let result = world.load(relay).run()
        guard sink.wait(messages: result.accepted, limitMs: 600_000) else {
            throw BenchFailure(
                "of \(result.accepted) events only \(sink.counts.messages) were delivered")
        }
        tally.add(
            batch == nil ? .d1 : .d2, sink.counts.messagesPerSecond(since: startNs),
            ceiling: ceiling)
        let after = relay.usage
        let millions = Double(max(result.accepted, 1)) / 1_000_000
        tally.add(
            batch == nil ? .d8single : .d8batches,
            (after.cpuSeconds - before.cpuSeconds) / millions)
        guard batch != nil else { return }
        let writtenBytes = Double(after.writtenBytes - before.writtenBytes)
        tally.add(.d8disk, writtenBytes / millions / 1_073_741_824)
    }
}
