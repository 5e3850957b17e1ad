import RelayCore
import RelayStore

/// Finds what is new in a store since it was asked last: events that arrived, and changes of the
/// deliveries it watches. Watching is bounded; what does not fit is not followed.
struct TailFollower {
    /// Deliveries whose outcome is waited for, newest first where there are more.
    static let watchedLimit = 2000
    /// New deliveries shown at most per step.
    static let arrivalsLimit = 1000
    /// Pages of the queue looked through before anything is followed.
    private static let pagesAtStart = 10

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
        lastSequence = try reader.newestSequence()
        try watchWaiting(arrivals, reader, now: now)
    }

    /// The newest of what waits. A filter that fits little must not read the whole queue first.
    private mutating func watchWaiting(
        _ arrivals: DeliveryFilter, _ reader: StoreReader, now: Timestamp
    ) throws {
        var waiting = arrivals
        waiting.states = [.queued, .held, .inflight]
        var place: DeliveryKey?
        for _ in 0..<TailFollower.pagesAtStart {
            let page = try reader.page(waiting, before: place, rows: 500, now: now)
            for record in page.records where watched.count < TailFollower.watchedLimit / 2 {
                watch(record)
            }
            place = page.next
            if place == nil || watched.count >= TailFollower.watchedLimit / 2 { return }
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
        let newest = try reader.newestSequence()
        guard newest > lastSequence else {
            isBehind = false
            return []
        }
        let new = (lastSequence + 1)...newest
        // Also what does not fit is behind us from here on, and not read again.
        lastSequence = newest
        var query = arrivalFilter
        let time = EventID.time(ofSequence: new.lowerBound)
        query.since = max(query.since ?? time, time)
        var found: [DeliveryRecord] = []
        try reader.list(query, limit: TailFollower.arrivalsLimit, now: now) { records in
            found += records.filter { new.contains($0.key.sequence) }
            return records.allSatisfy { $0.key.sequence >= new.lowerBound }
        }
        isBehind = found.count == TailFollower.arrivalsLimit
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
