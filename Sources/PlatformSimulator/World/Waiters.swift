/// Those who want to know when a counter gets somewhere.
struct Waiters: Sendable {
    typealias Call = @Sendable (SimulatorCounters) -> Void

    private var waiting: [(goal: Goal, call: Call)] = []

    var isEmpty: Bool { waiting.isEmpty }

    mutating func add(_ goal: Goal, _ call: @escaping Call) { waiting.append((goal, call)) }

    /// Takes out those whose goal is reached.
    mutating func due(_ counters: SimulatorCounters) -> [Call] {
        let reached = waiting.filter { $0.goal.isReached(by: counters) }
        if !reached.isEmpty { waiting.removeAll { $0.goal.isReached(by: counters) } }
        return reached.map(\.call)
    }
}
