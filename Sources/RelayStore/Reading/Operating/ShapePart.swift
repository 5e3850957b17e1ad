/// The two ranges of a destination's queue that are each in the order of the sequence.
enum ShapePart: CaseIterable {
    case untried, tried

    private var rows: String {
        switch self {
        case .untried: "deliveries AS d WHERE d.destination = ?1 AND d.due_at_ms = 0"
        case .tried:
            """
            deliveries AS d INDEXED BY deliveries_tried
            WHERE d.destination = ?1 AND d.due_at_ms > 0
            """
        }
    }

    var endSQL: String {
        """
        SELECT max(seq) FROM
            (SELECT d.seq FROM \(rows) AND d.seq > ?2 ORDER BY d.seq LIMIT ?3)
        """
    }

    /// The newest column first, as far as an event's sequence reaches.
    func countSQL(_ key: QueueShape.Key) -> String {
        let bucket = """
            CASE WHEN d.seq >= ?2 THEN 0 WHEN d.seq >= ?3 THEN 1 WHEN d.seq >= ?4 THEN 2
                 WHEN d.seq >= ?5 THEN 3 WHEN d.seq >= ?6 THEN 4 WHEN d.seq >= ?7 THEN 5
                 WHEN d.seq >= ?8 THEN 6 ELSE 7 END
            """
        let (first, last) =
            switch key {
            case .destination: ("0", "0")
            case .hook:
                (
                    "(SELECT hook FROM events AS e WHERE e.seq = d.seq)", "d.source"
                )
            case .error: ("d.error_class", "0")
            }
        return """
            SELECT \(first), \(bucket), count(*), \(last) FROM \(rows)
            AND d.seq > ?9 AND d.seq <= ?10 GROUP BY 1, 2, 4
            """
    }
}
