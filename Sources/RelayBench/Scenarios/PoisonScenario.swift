import RelayCore

/// Messages that the destination refuses for as long as they are in a request, and a destination
/// that refuses everything and then heals.
struct PoisonScenario: Scenario {
    let name = "poisoned messages"
    let figures: Set<Figure> = [.d10lost, .d10dead, .d10replayed]
    private static let events = 400
    private static let poisonEvery = 50
    private static let limitMs: Int64 = 120_000

    func measure(in world: BenchWorld, _ tally: inout Tally) throws {
        let sink = try world.sink()
        var recipe = DestinationRecipe(sink, batch: 200)
        recipe.retryCapMs = 200
        let relay = try world.startRelay([recipe])
        let hand = world.hand
        // Every event that showed that the relay runs.
        let first = try hand.wait(limitMs: Self.limitMs, for: "the first delivery") {
            $0.waiting == 0 && $0.delivered > 0
        }.delivered

        sink.misbehave(poisonEvery: Self.poisonEvery)
        try world.fill(relay, events: Self.events)
        let poisoned = try hand.wait(limitMs: Self.limitMs, for: "the end of the poisoned ones") {
            $0.waiting == 0
        }
        let dead = try hand.ask(["list", "--state", "dead", "--json", "--all"])
        let told = dead.count { $0["lastError"]?.string?.contains(Sink.refusalWords) == true }
        tally.add(.d10dead, Double(told))

        sink.misbehave(status: 404)
        try world.fill(relay, events: Self.events)
        try hand.wait(limitMs: Self.limitMs, for: "the refused state") { $0.gate == "refused" }
        sink.misbehave()
        try hand.ask(["release", "destination1"])
        let healed = try hand.wait(limitMs: Self.limitMs, for: "the end of what waited") {
            $0.waiting == 0
        }
        let all = first + 2 * Self.events
        tally.add(.d10lost, Double(all - healed.delivered - poisoned.dead))

        try hand.ask(["replay", "--state", "dead", "--all", "--yes"])
        let replayed = try hand.wait(limitMs: Self.limitMs, for: "the end of the replay") {
            $0.waiting == 0
        }
        tally.add(.d10replayed, Double(replayed.delivered - healed.delivered))
    }
}
