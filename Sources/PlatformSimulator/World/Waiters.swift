/// Those who want to know when a counter gets somewhere.
struct Waiters: Sendable {
    typealias Call = @Sendable (SimulatorCounters) -> Void

    private var waiting: [(number: Int, goal: Goal, call: Call)] = []
    private var added = 0

    var isEmpty: Bool { waiting.isEmpty }

    /// The number to give up by.
    mutating func add(_ goal: Goal, _ call: @escaping Call) -> Int {
        added += 1
        waiting.append((added, goal, call))
        return added
    }

    mutating func remove(_ number: Int) { waiting.removeAll { $0.number == number } }

    /// Takes out those whose goal is reached.
    mutating func due(_ counters: SimulatorCounters) -> [Call] {
        let reached = waiting.filter { $0.goal.isReached(by: counters) }
        if !reached.isEmpty { waiting.removeAll { $0.goal.isReached(by: counters) } }
        return reached.map(\.call)
    }
}
