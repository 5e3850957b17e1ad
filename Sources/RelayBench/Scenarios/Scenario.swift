/// One arrangement of relay, load and sinks, and the figures it yields.
protocol Scenario: Sendable {
    /// What is going on, for whoever waits.
    var name: String { get }
    var figures: Set<Figure> { get }
    func measure(in world: BenchWorld, _ tally: inout Tally) throws
}
