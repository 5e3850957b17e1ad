import RelayCore
import RelayStore

/// Finds what is new in a store since it was asked last: events that arrived, and changes of the
/// deliveries it watches. Watching is bounded; what does not fit is not followed.
struct TailFollower {
    /// Deliveries whose outcome is waited for, newest first where there are more.
    static let watchedLimit = 2000
    /// New deliveries shown at most per step.
    static let arrivalsLimit = 1000

    private struct Seen {
        let id: EventID
        var state: DeliveryState?
        var attempts: Int
    }

    private let filter: DeliveryFilter
    /// Without what only an outcome can satisfy.
    private let arrivalFilter: DeliveryFilter
    private var lastSequence: Int64 = 0
    private var watched: [DeliveryKey: Seen] = [:]
    /// More arrived in the last step than is shown.
    private(set) var isBehind = false

    init(_ filter: DeliveryFilter, reader: StoreReader, now: Timestamp) throws {
        self.filter = filter
        var arrivals = filter
        arrivals.states = []
        arrivals.statuses = []
        arrivals.errorClasses = []
        arrivalFilter = arrivals
        try reader.list(DeliveryFilter(), limit: 1, now: now) { records in
            lastSequence = records.first?.key.sequence ?? 0
            return false
        }
        var waiting = arrivals
        waiting.states = [.queued, .held]
        try reader.list(waiting, limit: TailFollower.watchedLimit / 2, now: now) { records in
            for record in records { watch(record) }
            return true
        }
    }

    /// Oldest first.
    mutating func step(_ reader: StoreReader, now: Timestamp) throws -> [DeliveryRecord] {
        let changed = try changes(reader, now: now)
        let arrived = try arrivals(reader, now: now)
        return (changed + arrived).filter(isWanted)
    }

    private mutating func arrivals(
        _ reader: StoreReader, now: Timestamp
    ) throws -> [DeliveryRecord] {
        var query = arrivalFilter
        let time = EventID.time(ofSequence: lastSequence)
        query.since = max(query.since ?? time, time)
        let last = lastSequence
        var found: [DeliveryRecord] = []
        try reader.list(query, limit: TailFollower.arrivalsLimit, now: now) { records in
            found += records.prefix { $0.key.sequence > last }
            return records.allSatisfy { $0.key.sequence > last }
        }
        isBehind = found.count == TailFollower.arrivalsLimit
        lastSequence = max(lastSequence, found.first?.key.sequence ?? 0)
        for record in found { watch(record) }
        return found.reversed()
    }

    private mutating func changes(
        _ reader: StoreReader, now: Timestamp
    ) throws -> [DeliveryRecord] {
        guard !watched.isEmpty else { return [] }
        var query = DeliveryFilter()
        query.ids = Set(watched.values.map(\.id))
        let before = watched
        var changed: [DeliveryRecord] = []
        try reader.list(query, now: now) { records in
            changed += records.filter { record in
                guard let seen = before[record.key] else { return false }
                return seen.state != record.state || seen.attempts != record.attempts
            }
            return true
        }
        for record in changed { watch(record) }
        return changed.reversed()
    }

    private mutating func watch(_ record: DeliveryRecord) {
        guard let state = record.state, !state.isFinal else {
            watched[record.key] = nil
            return
        }
        guard watched[record.key] != nil || watched.count < TailFollower.watchedLimit else {
            return
        }
        watched[record.key] = Seen(id: record.id, state: state, attempts: record.attempts)
    }

    private func isWanted(_ record: DeliveryRecord) -> Bool {
        let state = record.state.map { filter.states.isEmpty || filter.states.contains($0) }
        let status = record.lastStatus.map(filter.statuses.contains) ?? false
        let errorClass = record.errorClass.flatMap(ErrorClass.init(rawValue:))
            .map(filter.errorClasses.contains)
        return state ?? true && (filter.statuses.isEmpty || status)
            && (filter.errorClasses.isEmpty || errorClass ?? false)
    }
}
