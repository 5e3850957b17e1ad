package import RelayCore
import SQLite

/// Which events hold the data that is to go. Repeats of a matching event go with it.
package struct ErasureChoice: Sendable {
    /// Ascending.
    package fileprivate(set) var sequences: [Int64] = []
    package fileprivate(set) var duplicates = 0
    package fileprivate(set) var bodyBytes = 0
    /// Of the first few, to be shown.
    package fileprivate(set) var sample: [EventID] = []
    package fileprivate(set) var scanned = 0

    package init() {}

    package var isEmpty: Bool { sequences.isEmpty }
}

extension StoreReader {
    private static let erasureSampleCount = 5

    static let erasureScanSQL = """
        SELECT seq, source, hook, duplicate_of, length(body), body FROM events
        WHERE seq > ?1 AND seq < ?2 AND erased_at_ms IS NULL ORDER BY seq LIMIT ?3
        """

    /// Reads every event that the filter's time allows, with its body, from the oldest on. Of the
    /// filter only what speaks of events is looked at. `progress` is told after
    /// each page and answers false to stop.
    package func eventsToErase(
        _ filter: DeliveryFilter, progress: (_ scanned: Int, _ found: Int) -> Bool
    ) throws -> ErasureChoice {
        let query = try self.query(filter)
        let wanted = query.wantedSequences.map(Set.init)
        var choice = ErasureChoice()
        var chosen: Set<Int64> = []
        var place = query.sequences.lowerBound - 1
        while true {
            let page = try snapshot { connection in
                let rows = try connection.statement(Self.erasureScanSQL)
                try rows.bind(1, place)
                try rows.bind(2, query.sequences.upperBound)
                try rows.bind(3, 64)
                return try rows.rows { row in
                    look(at: row, query, wanted: wanted, chosen: &chosen, &choice)
                }
            }
            guard let last = page.last else { return choice }
            place = last
            guard progress(choice.scanned, choice.sequences.count) else { return choice }
        }
    }

    private func look(
        at row: Statement, _ query: ListQuery, wanted: Set<Int64>?, chosen: inout Set<Int64>,
        _ choice: inout ErasureChoice
    ) -> Int64 {
        let sequence = row.int64(0)
        choice.scanned += 1
        let first = row.optionalInt64(3)
        let isRepeat = first.map(chosen.contains) ?? false
        let event = EventRow(
            receivedAt: EventID.time(ofSequence: sequence), source: row.int64(1),
            hook: row.int64(2), lane: nil, bytes: row.int(4), duplicateOf: first)
        guard
            isRepeat
                || (query.fits(event) && (wanted?.contains(sequence) ?? true)
                    && query.filter.bodyFits(row, column: 5))
        else { return sequence }
        chosen.insert(sequence)
        choice.sequences.append(sequence)
        choice.bodyBytes += event.bytes
        if first != nil { choice.duplicates += 1 }
        if choice.sample.count < Self.erasureSampleCount { choice.sample.append(eventID(sequence)) }
        return sequence
    }
}
