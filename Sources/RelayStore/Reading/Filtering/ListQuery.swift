import RelayCore

/// A filter in the store's own numbers.
struct ListQuery {
    let filter: DeliveryFilter
    let bodies: BodySearch
    /// Nil: any.
    let sources: Set<Int64>?
    let hooks: Set<Int64>?
    /// Every destination that may appear.
    let destinations: [Int64]
    let namesDestinations: Bool
    /// Events from this sequence on, and before that one.
    let sequences: Range<Int64>
    /// Of the named events, newest first.
    let wantedSequences: [Int64]?

    init(_ filter: DeliveryFilter, names: NameTable, isOurs: (EventID) -> Bool) throws(UnknownName)
    {
        self.filter = filter
        bodies = BodySearch(filter)
        sources = try ListQuery.numbers(filter.sources, .source, names)
        hooks = try ListQuery.numbers(filter.hooks, .hook, names)
        let chosen = try ListQuery.numbers(filter.destinations, .destination, names)
        namesDestinations = chosen != nil
        destinations = (chosen.map(Array.init) ?? names.numbers(.destination)).sorted()
        let first = filter.since.map(EventID.firstSequence) ?? 0
        let end = filter.until.map(EventID.firstSequence) ?? .max
        sequences = first..<max(first, end)
        wantedSequences = filter.ids.map { ids in
            ids.filter(isOurs).map(\.sequence).filter { first..<end ~= $0 }.sorted(by: >)
        }
    }

    func wants(_ state: DeliveryState) -> Bool {
        filter.states.isEmpty || filter.states.contains(state)
    }

    /// Something is asked for that only a delivery which was tried can have.
    var wantsOutcome: Bool { !filter.statuses.isEmpty || !filter.errorClasses.isEmpty }

    /// What was delivered has no error, and a status that says so.
    var mayBeDelivered: Bool {
        filter.errorClasses.isEmpty
            && (filter.statuses.isEmpty || filter.statuses.contains { 200..<300 ~= $0 })
    }

    /// What can be said before the event is looked up.
    func fits(_ row: DeliveryRow) -> Bool {
        guard wants(row.state) else { return false }
        guard !namesDestinations || destinations.contains(row.key.destination) else { return false }
        if !filter.statuses.isEmpty {
            guard let status = row.status, filter.statuses.contains(status) else { return false }
        }
        if !filter.errorClasses.isEmpty {
            guard let text = row.errorClass, let errorClass = ErrorClass(rawValue: text),
                filter.errorClasses.contains(errorClass)
            else { return false }
        }
        return true
    }

    func fits(_ event: EventRow) -> Bool {
        (sources?.contains(event.source) ?? true) && (hooks?.contains(event.hook) ?? true)
    }

    private static func numbers(
        _ wanted: Set<String>, _ kind: NameKind, _ names: NameTable
    ) throws(UnknownName) -> Set<Int64>? {
        guard !wanted.isEmpty else { return nil }
        var numbers: Set<Int64> = []
        for name in wanted.sorted() { numbers.insert(try names.number(name, kind: kind)) }
        return numbers
    }
}
