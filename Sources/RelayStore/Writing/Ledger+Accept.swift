import RelayCore
import SQLite

extension Ledger {
    /// Stores one event with its deliveries, or records that it came before. Inside a transaction.
    func accept(_ event: NewEvent) throws -> Acceptance {
        let sequence = nextSequence(at: event.receivedAt)
        let route = event.route
        var key: UInt64 = 0
        if route.dedupWindowMs > 0 {
            key = DedupWindow.key(
                deliveryID: event.deliveryID, sha256: event.sha256, source: route.source,
                hook: route.hook)
            if let first = try firstOfRepeat(event, key: key) {
                try insert(event, sequence: sequence, duplicateOf: first)
                countAccepted(route, sequence: sequence, term: .duplicates)
                return .duplicate(of: eventID(first))
            }
        }
        try insert(event, sequence: sequence, duplicateOf: nil)
        for destination in route.destinations {
            if event.isParsable {
                try queue(sequence, destination: destination, event: event)
            } else {
                try parkUnparsable(sequence, destination: destination, event: event)
            }
        }
        countAccepted(route, sequence: sequence, term: event.isParsable ? nil : .dead)
        if route.dedupWindowMs > 0 {
            dedup.remember(key, sequence: sequence)
            rememberedInGroup += 1
        }
        return .stored(eventID(sequence))
    }

    private func countAccepted(_ route: Route, sequence: Int64, term: AuditDelta.Term?) {
        for destination in route.destinations {
            audit.add(
                .accepted, sequence: sequence, source: route.source, destination: destination)
            guard let term else { continue }
            audit.add(term, sequence: sequence, source: route.source, destination: destination)
        }
    }

    /// The event that this one repeats, if it is inside the window and truly the same.
    private func firstOfRepeat(_ event: NewEvent, key: UInt64) throws -> Int64? {
        guard let sequence = dedup.sequence(for: key) else { return nil }
        let row = try connection.statement(
            """
            SELECT source, hook, sha256, delivery_id, received_at_ms FROM events WHERE seq = ?1
            """)
        defer { row.reset() }
        try row.bind(1, sequence)
        guard try row.step(), row.int64(0) == event.route.source, row.int64(1) == event.route.hook
        else { return nil }
        // By the clock on the wall at both receipts: a sequence may lie in the future after the
        // clock was wrong, and would make the window that much longer.
        let apartMs = event.receivedAt.millisecondsSince(Timestamp(milliseconds: row.int64(4)))
        guard abs(apartMs) < event.route.dedupWindowMs else { return nil }
        let same =
            if let deliveryID = event.deliveryID {
                row.optionalText(3) == deliveryID
            } else {
                row.bytes(2) == event.sha256
            }
        return same ? sequence : nil
    }

    private func insert(_ event: NewEvent, sequence: Int64, duplicateOf: Int64?) throws {
        let statement = hot.insertEvent
        try statement.bind(1, sequence)
        try statement.bind(2, event.receivedAt.milliseconds)
        try statement.bind(3, event.route.source)
        try statement.bind(4, event.route.hook)
        try statement.bind(5, event.sha256)
        try statement.bind(6, event.deliveryID)
        try statement.bind(7, duplicateOf)
        try statement.bind(8, event.isParsable ? 1 : 0)
        try statement.bind(9, event.lane)
        try statement.bind(10, event.remoteAddress)
        try statement.bind(11, event.query)
        try statement.bind(12, event.headers)
        // A repeat's body stands with the first one.
        try statement.run(blob: duplicateOf == nil ? event.body : [], at: 13)
    }

    private func queue(_ sequence: Int64, destination: Int64, event: NewEvent) throws {
        let statement = hot.insertDelivery
        try statement.bind(1, destination)
        try statement.bind(2, sequence)
        try statement.bind(3, event.route.source)
        try statement.bind(4, event.lane.map(LaneKey.of))
        try statement.run()
    }

    private func parkUnparsable(_ sequence: Int64, destination: Int64, event: NewEvent) throws {
        let statement = try connection.statement(
            """
            INSERT INTO dead_letters
                (seq, destination, state, finished_at_ms, attempts, error_class, message)
            VALUES (?1, ?2, 'dead', ?3, 0, ?4, ?5)
            """)
        try statement.bind(1, sequence)
        try statement.bind(2, destination)
        try statement.bind(3, event.receivedAt.milliseconds)
        try statement.bind(4, ErrorClass.unparsable.rawValue)
        try statement.bind(5, "the body is not JSON; it was stored as it came and not sent")
        try statement.run()
    }
}
