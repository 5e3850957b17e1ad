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
    /// Events that are not chosen and quote the text somewhere, and one of them.
    package fileprivate(set) var quoting = 0
    package fileprivate(set) var quotingSample: EventID?

    package init() {}

    package var isEmpty: Bool { sequences.isEmpty }

    package var json: JSONObject {
        var object = JSONObject()
        object.append("events", .integer(sequences.count))
        object.append("bytes", .integer(bodyBytes))
        object.append("duplicates", .integer(duplicates))
        object.append("ids", .array(sample.map { .string($0.description) }))
        object.append("quoting", .integer(quoting))
        return object
    }

    private static let sampleCount = 5

    fileprivate mutating func add(_ id: EventID, bytes: Int, isRepeat: Bool) {
        sequences.append(id.sequence)
        bodyBytes += bytes
        if isRepeat { duplicates += 1 }
        if sample.count < Self.sampleCount { sample.append(id) }
    }
}

extension StoreReader {
    static let erasureScanSQL = """
        SELECT seq, source, hook, duplicate_of, length(body), body, headers,
               coalesce(query, '') || char(10) || coalesce(lane, '') || char(10)
                   || coalesce(delivery_id, '') || char(10) || remote
        FROM events
        WHERE seq > ?1 AND seq < ?2 AND erased_at_ms IS NULL ORDER BY seq LIMIT ?3
        """

    /// Reads every event that the filter's time allows, with its body, from the oldest on. Of the
    /// filter only what speaks of events is looked at. `progress` is told after
    /// each page and answers false to stop.
    ///
    /// - Parameter everywhere: takes what quotes the text anywhere in its receipt, too.
    package func eventsToErase(
        _ filter: DeliveryFilter, everywhere: Bool = false,
        progress: (_ scanned: Int, _ found: Int) -> Bool
    ) throws -> ErasureChoice {
        let text = ErasedText(filter)
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
                    let sequence = row.int64(0)
                    choice.scanned += 1
                    let isQuoting = !text.isEmpty && Self.isQuoted(text, in: row)
                    let isNamed = isNamed(row, query, wanted)
                    let isMatch =
                        isNamed && (query.bodies.fits(row, column: 5) || (everywhere && isQuoting))
                    let isRepeat = row.optionalInt64(3).map(chosen.contains) ?? false
                    if isMatch || isRepeat {
                        chosen.insert(sequence)
                        choice.add(eventID(sequence), bytes: row.int(4), isRepeat: !row.isNull(3))
                    } else if isQuoting {
                        choice.quoting += 1
                        choice.quotingSample = choice.quotingSample ?? eventID(sequence)
                    }
                    return sequence
                }
            }
            guard let last = page.last else { return choice }
            place = last
            guard progress(choice.scanned, choice.sequences.count) else { return choice }
        }
    }

    /// Whether what the filter says of the event beside its body fits.
    private func isNamed(_ row: Statement, _ query: ListQuery, _ wanted: Set<Int64>?) -> Bool {
        let event = EventRow(
            receivedAt: EventID.time(ofSequence: row.int64(0)), source: row.int64(1),
            hook: row.int64(2), lane: nil, bytes: row.int(4), duplicateOf: row.optionalInt64(3))
        return query.fits(event) && (wanted?.contains(row.int64(0)) ?? true)
    }

    private static func isQuoted(_ text: ErasedText, in row: Statement) -> Bool {
        row.withBytes(5) { text.stands(inBody: $0) } || text.stands(inQuery: row.bytes(6))
            || text.stands(inQuery: row.bytes(7))
    }
}
