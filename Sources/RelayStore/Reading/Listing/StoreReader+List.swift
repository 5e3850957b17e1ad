package import RelayCore
import SQLite

extension StoreReader {
    /// Calls `each` with page after page, newest event first, until `limit` records were handed
    /// over or it answers false. No transaction is open while it runs.
    ///
    /// `passing` is told how far back the walk has come, also where nothing fits. Throws
    /// `UnknownName` for a name that the store has never met.
    package func list(
        _ filter: DeliveryFilter, limit: Int? = nil, now: Timestamp,
        passing: (Timestamp) -> Void = { _ in }, each: ([DeliveryRecord]) throws -> Bool
    ) throws {
        let query = try self.query(filter)
        var left = limit ?? .max
        var place: DeliveryKey? = query.start
        var rows = firstRows(query, left: left)
        while let from = place, left > 0 {
            let page = try page(query, before: from, rows: rows, now: now)
            place = page.next
            let records = Array(page.records.prefix(left))
            left -= records.count
            if !records.isEmpty, try !each(records) { return }
            if let place, left > 0 { passing(EventID.time(ofSequence: place.sequence)) }
            rows = min(rows * 2, mostRows(query))
        }
    }

    /// One page, for callers that come back later with `next`.
    package func page(
        _ filter: DeliveryFilter, before place: DeliveryKey? = nil,
        rows: Int = StoreReader.pageRows, now: Timestamp
    ) throws -> DeliveryPage {
        let query = try self.query(filter)
        return try page(query, before: place ?? query.start, rows: rows, now: now)
    }

    /// So many records from one place on, read page by page, or fewer when the caller has enough:
    /// then `next` says where to go on all the same.
    package func gather(
        _ filter: DeliveryFilter, before place: DeliveryKey?, count: Int, now: Timestamp,
        isEnough: () -> Bool
    ) throws -> DeliveryPage {
        let query = try self.query(filter)
        var records: [DeliveryRecord] = []
        var next: DeliveryKey? = place ?? query.start
        var rows = firstRows(query, left: count)
        while let from = next, records.count < count, !isEnough() {
            let page = try page(query, before: from, rows: rows, now: now)
            records += page.records
            next = page.next
            rows = min(rows * 2, mostRows(query))
        }
        guard records.count > count else { return DeliveryPage(records: records, next: next) }
        let kept = Array(records.prefix(count))
        return DeliveryPage(records: kept, next: kept.last?.key)
    }

    func query(_ filter: DeliveryFilter) throws -> ListQuery {
        try refreshNames()
        return try ListQuery(filter, names: names) { [self] in eventID($0.sequence) == $0 }
    }

    /// Few rows for a first page at once. Where little fits, the next ones grow.
    private func firstRows(_ query: ListQuery, left: Int) -> Int {
        min(max(left, 32), mostRows(query))
    }

    /// Fewer where each one costs reading its body.
    private func mostRows(_ query: ListQuery) -> Int {
        query.filter.readsBodies ? 64 : StoreReader.pageRows
    }

    private func page(
        _ query: ListQuery, before place: DeliveryKey, rows: Int, now: Timestamp
    ) throws -> DeliveryPage {
        try snapshot { connection in
            if let wanted = query.wantedSequences {
                return try namedPage(query, wanted, before: place, rows: rows, now: now)
            }
            let underWay = try UnderWay(connection, now: now)
            let scans = try self.scans(query, underWay, now: now)
            var found: [DeliveryRow] = []
            // A scan that gave all it was asked for may have more below its last row: nothing
            // below the highest of these is taken from any scan, and the next page begins there.
            var floor: DeliveryKey?
            for scan in scans {
                let part = try scan.read(
                    connection, before: place, from: query.sequences.lowerBound, count: rows)
                found.append(contentsOf: part)
                if part.count == rows, let last = part.last?.key {
                    floor = max(floor ?? last, last)
                }
            }
            if let floor { found.removeAll { $0.key < floor } }
            try underWay.mark(&found)
            found.sort { $0.key > $1.key }
            return DeliveryPage(
                records: try found.compactMap { try record(of: $0, query) }, next: floor)
        }
    }

    private func scans(
        _ query: ListQuery, _ underWay: UnderWay, now: Timestamp
    ) throws -> [DeliveryScan] {
        let held = try heldDestinations(now: now)
        var scans: [DeliveryScan] = []
        for destination in query.destinations {
            let state: DeliveryState = held.contains(destination) ? .held : .queued
            if query.wants(state) {
                if !query.wantsOutcome {
                    scans.append(.untried(destination: destination, state: state))
                }
                scans.append(.tried(destination: destination, state: state))
            } else if query.wants(.inflight), underWay.isFresh(destination) {
                if !query.wantsOutcome { scans.append(.inFlight(destination: destination)) }
                scans.append(.inFlightAgain(destination: destination))
            }
        }
        if query.wants(.delivered), query.mayBeDelivered { scans.append(.delivered) }
        if query.wants(.dead) || query.wants(.expired) { scans.append(.deadLetters) }
        if query.wants(.discarded) { scans.append(.discarded) }
        return scans
    }

    /// Destinations whose deliveries wait for the operator.
    func heldDestinations(now: Timestamp) throws -> Set<Int64> {
        let rows = try connection.statement(
            "SELECT destination FROM holds WHERE until_ms IS NULL OR until_ms > ?1")
        try rows.bind(1, now.milliseconds)
        return Set(try rows.rows { $0.int64(0) })
    }
}

extension ListQuery {
    /// Just above the newest row that may fit.
    var start: DeliveryKey {
        guard sequences.upperBound < .max else { return .newest }
        return DeliveryKey(sequence: sequences.upperBound, destination: 0)
    }
}
