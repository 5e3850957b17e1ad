/// One counter for each case of an enumeration, all there from the start, so that a rate can be
/// computed from the first event on.
package struct CounterTable<Key: CaseIterable & Hashable & Sendable>: Sendable {
    private let counters: [Key: Counter]

    package init() {
        counters = Dictionary(uniqueKeysWithValues: Key.allCases.map { ($0, Counter()) })
    }

    package func add(_ key: Key) { counters[key]?.add() }

    package func count(_ key: Key) -> Int64 { counters[key]?.count ?? 0 }
}
