import RelayCore
import SQLite

/// What a group changes in the daily account, gathered so that each day, source and destination
/// is written once a group, however many events it holds.
struct AuditDelta {
    enum Term: Int, CaseIterable {
        case accepted, duplicates, delivered, dead, discarded, expired
    }

    private struct Key: Hashable, Comparable {
        let day: Int64
        let source: Int64
        let destination: Int64

        static func < (left: Key, right: Key) -> Bool {
            (left.day, left.source, left.destination)
                < (right.day, right.source, right.destination)
        }
    }

    private var changes: [Key: [Int64]] = [:]
    /// Of the newest key, not yet in `changes`: most events of a group belong to one.
    private var newestKey = Key(day: .min, source: 0, destination: 0)
    private var newest = [Int64](repeating: 0, count: Term.allCases.count)

    /// - Parameter sequence: of the event; the account is kept by the day of its receipt.
    mutating func add(
        _ term: Term, _ amount: Int64 = 1, sequence: Int64, source: Int64, destination: Int64
    ) {
        let key = Key(
            day: EventID.time(ofSequence: sequence).dayNumber, source: source,
            destination: destination)
        if key != newestKey {
            gather()
            newestKey = key
        }
        newest[term.rawValue] += amount
    }

    private mutating func gather() {
        guard newest.contains(where: { $0 != 0 }) else { return }
        if let known = changes[newestKey] {
            changes[newestKey] = zip(known, newest).map { $0 + $1 }
        } else {
            changes[newestKey] = newest
        }
        for index in newest.indices { newest[index] = 0 }
    }

    mutating func removeAll() {
        changes.removeAll(keepingCapacity: true)
        for index in newest.indices { newest[index] = 0 }
    }

    /// Of all days, sources and destinations, of what was written last.
    func sum(of term: Term) -> Int64 {
        changes.values.reduce(0) { $0 + $1[term.rawValue] }
    }

    /// Writes what was gathered, inside the transaction of the rows it speaks of.
    mutating func write(to connection: Connection) throws {
        gather()
        // In a fixed order, so that the same events write the same pages.
        for (key, amounts) in changes.sorted(by: { $0.key < $1.key }) {
            let statement = try connection.statement(
                """
                INSERT INTO audit_days
                    (day, source, destination,
                     accepted, duplicates, delivered, dead, discarded, expired)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                ON CONFLICT (day, source, destination) DO UPDATE SET
                    accepted = accepted + ?4, duplicates = duplicates + ?5,
                    delivered = delivered + ?6, dead = dead + ?7,
                    discarded = discarded + ?8, expired = expired + ?9
                """)
            try statement.bind(1, key.day)
            try statement.bind(2, key.source)
            try statement.bind(3, key.destination)
            for (index, amount) in amounts.enumerated() { try statement.bind(4 + index, amount) }
            try statement.run()
        }
    }
}
