import RelayCore
import SQLite

extension StoreReader {
    static let untriedOfEventSQL = """
        SELECT seq, destination, attempts, due_at_ms, last_status, error_class FROM deliveries
        WHERE destination = ?1 AND due_at_ms = 0 AND seq = ?2
        """
    static let triedOfEventSQL = """
        SELECT seq, destination, attempts, due_at_ms, last_status, error_class
        FROM deliveries INDEXED BY deliveries_tried
        WHERE destination = ?1 AND due_at_ms > 0 AND seq = ?2
        """
    static let finalsOfEventSQL = """
        SELECT seq, destination, attempts, finished_at_ms, status, NULL, NULL, tracer, 'delivered'
        FROM delivered WHERE seq = ?1
        UNION ALL
        SELECT seq, destination, attempts, finished_at_ms, status, error_class, message, NULL, state
        FROM dead_letters WHERE seq = ?1
        UNION ALL
        SELECT seq, destination, attempts, finished_at_ms, status, error_class, message, NULL,
               'discarded'
        FROM discarded WHERE seq = ?1
        """

    /// A page of events named by id: each is a few seeks.
    func namedPage(
        _ query: ListQuery, _ wanted: [Int64], before place: DeliveryKey, rows: Int, now: Timestamp
    ) throws -> DeliveryPage {
        let held = try heldDestinations(now: now)
        var records: [DeliveryRecord] = []
        let here = wanted.filter { $0 < place.sequence }
        for sequence in here.prefix(rows) {
            guard let event = try event(sequence), query.fits(event) else { continue }
            if let first = event.duplicateOf {
                guard query.filter.allowsDuplicates else { continue }
                records.append(try duplicateRecord(sequence, event, first: first))
                continue
            }
            for row in try rowsOfEvent(sequence, held: held, now: now) {
                if let record = try record(of: row, query) { records.append(record) }
            }
        }
        guard here.count > rows, rows > 0 else { return DeliveryPage(records: records, next: nil) }
        let next = DeliveryKey(sequence: here[rows - 1], destination: 0)
        return DeliveryPage(records: records, next: next)
    }

    /// Every delivery of one event, in the order of the listing.
    func rowsOfEvent(
        _ sequence: Int64, held: Set<Int64>, now: Timestamp
    ) throws -> [DeliveryRow] {
        let finals = try connection.statement(Self.finalsOfEventSQL)
        try finals.bind(1, sequence)
        var found = try finals.rows(DeliveryScan.finalRow)
        for destination in names.numbers(.destination) {
            let state: DeliveryState = held.contains(destination) ? .held : .queued
            for sql in [Self.untriedOfEventSQL, Self.triedOfEventSQL] {
                let queue = try connection.statement(sql)
                try queue.bind(1, destination)
                try queue.bind(2, sequence)
                let row = try queue.first { row in
                    DeliveryRow(
                        key: DeliveryKey(sequence: row.int64(0), destination: row.int64(1)),
                        state: state, attempts: row.int(2), queuedDueAtMs: row.int64(3),
                        status: row.optionalInt(4), errorClass: row.optionalText(5))
                }
                if let row { found.append(row) }
            }
        }
        try UnderWay(connection, now: now).mark(&found)
        return found.sorted { $0.key > $1.key }
    }
}

extension DeliveryFilter {
    /// A duplicate has neither deliveries nor a body, so nothing but its event can be asked for.
    var allowsDuplicates: Bool {
        states.isEmpty && destinations.isEmpty && statuses.isEmpty && errorClasses.isEmpty
            && !readsBodies
    }
}
