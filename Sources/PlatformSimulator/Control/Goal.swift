/// A counter and the least it must show before somebody who waits is told.
package struct Goal: Sendable {
    let counter: any KeyPath<SimulatorCounters, Int> & Sendable
    let least: Int

    package init(_ counter: any KeyPath<SimulatorCounters, Int> & Sendable, least: Int) {
        self.counter = counter
        self.least = least
    }

    /// By its name in the counters; nil for a name that is none.
    init?(named name: String, least: Int) {
        guard let found = Self.names.first(where: { $0.0 == name }) else { return nil }
        self.init(found.1, least: least)
    }

    func isReached(by counters: SimulatorCounters) -> Bool {
        counters[keyPath: counter] >= least
    }

    static let names: [(String, any KeyPath<SimulatorCounters, Int> & Sendable)] = [
        ("accepted", \.accepted), ("lake", \.lake), ("profile", \.profile),
        ("duplicates", \.duplicates), ("lost", \.lost), ("unrouted", \.unrouted),
        ("failed", \.failed), ("refusedElements", \.refusedElements),
        ("tokensIssued", \.tokensIssued), ("faultsApplied", \.faultsApplied),
    ]
}
