package import RelayCore
import SQLite

/// Events that a relay had acknowledged and that are not there any more: the log was cut or damaged
/// after it, or the disk did not keep its word. Stands in the store for good, so that no account
/// balances over it.
package struct KnownLoss: Sendable, Hashable {
    /// Of the last event that is there; 0: none is.
    let after: Int64
    /// Of the last one that is known to be missing: the mark comes behind the answers, and a power
    /// cut may leave an earlier one.
    let until: Int64
    /// Nil: nobody has recorded it yet, and what is missing may still be put back.
    package let foundAt: Timestamp?
    /// Terms of the account that are missing, at least: an event counts once for each destination.
    /// What has become of those that are there may be missing, too, and nobody knows of that.
    package let deliveries: Int64
    /// A start has told of it in the relay's log.
    package let isTold: Bool

    package var receivedAfter: Timestamp? { after > 0 ? EventID.time(ofSequence: after) : nil }
    package var receivedUntil: Timestamp { EventID.time(ofSequence: until) }

    func holds(_ sequence: Int64) -> Bool { after < sequence && sequence <= until }

    /// Those that were found on a day or after it, or whose events are of such a day.
    static func readAll(_ connection: Connection, from day: Int64 = 0) throws -> [KnownLoss] {
        let rows = try connection.statement(
            "SELECT key, value FROM meta WHERE key BETWEEN 'loss/' AND 'loss0' ORDER BY key")
        return try rows.rows { KnownLoss(key: $0.text(0), value: $0.text(1)) }
            .compactMap { $0 }
            .filter { max($0.foundAt?.dayNumber ?? 0, $0.receivedUntil.dayNumber) >= day }
    }

    /// What the last relay had stored in this place, by its mark, and neither is there nor known to
    /// be missing. (Of which store the mark is, `requireOwnLog` asks.)
    /// - Parameter mark: read before the connection has begun to read. Beside a running relay it
    ///   then never names what the connection cannot see yet.
    static func unnoted(
        _ connection: Connection, _ mark: StoreMark?
    ) throws -> KnownLoss? {
        guard let mark else { return nil }
        let held = try connection.scalar("SELECT max(seq) FROM events") ?? 0
        guard mark.newest > held else { return nil }
        let known = try readAll(connection)
        guard !known.contains(where: { $0.until >= mark.newest }) else { return nil }
        let accepted = try connection.scalar("SELECT sum(accepted) FROM audit_days") ?? 0
        // Totals that are younger than the events, after an exchange of files, hide none of them.
        return KnownLoss(
            after: max(held, known.map(\.until).max() ?? 0), until: mark.newest, foundAt: nil,
            deliveries: max(1, mark.accepted - accepted - known.deliveries), isTold: false)
    }

    private init(
        after: Int64, until: Int64, foundAt: Timestamp?, deliveries: Int64, isTold: Bool
    ) {
        self.after = after
        self.until = until
        self.foundAt = foundAt
        self.deliveries = deliveries
        self.isTold = isTold
    }

    func found(at now: Timestamp) -> KnownLoss {
        KnownLoss(
            after: after, until: until, foundAt: now, deliveries: deliveries, isTold: isTold)
    }

    var told: KnownLoss {
        KnownLoss(
            after: after, until: until, foundAt: foundAt, deliveries: deliveries, isTold: true)
    }

    private init?(key: String, value: String) {
        let numbers = value.split(separator: " ").map { Int64($0) }
        guard let until = Int64(key.dropFirst("loss/".utf8.count)), numbers.count == 4,
            let after = numbers[0], let foundAt = numbers[1], let deliveries = numbers[2],
            let told = numbers[3]
        else { return nil }
        self.init(
            after: after, until: until, foundAt: Timestamp(milliseconds: foundAt),
            deliveries: deliveries, isTold: told == 1)
    }

    /// Sequences go on behind what is missing, so that no two losses end with the same one.
    func insert(_ connection: Connection) throws {
        let statement = try connection.statement(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('loss/' || ?1, ?2)")
        try statement.bind(1, until)
        try statement.bind(
            2, "\(after) \(foundAt?.milliseconds ?? 0) \(deliveries) \(isTold ? 1 : 0)")
        try statement.run()
    }

    package var json: JSONObject {
        var object = JSONObject()
        object.append("deliveries", .integer(deliveries))
        object.append("receivedAfter", receivedAfter)
        object.append("receivedUntil", receivedUntil)
        object.append("foundAt", foundAt)
        return object
    }
}

extension [KnownLoss] {
    var deliveries: Int64 { reduce(0) { $0 + $1.deliveries } }
}
