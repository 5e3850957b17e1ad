package import RelayCore
import SQLite

extension StoreReader {
    /// The account of all days, or from the day of `since` on, in one snapshot: writers go on
    /// meanwhile, but the log cannot shrink until it ends.
    package func audit(since: Timestamp? = nil, now: Timestamp) throws -> AuditReport {
        try refreshNames()
        let firstDay = since?.dayNumber ?? 0
        let first = EventID.firstSequence(at: Timestamp(milliseconds: firstDay * 86_400_000))
        let mark = file.lastWord
        // A mixture of two stores may well balance.
        do {
            try file.requireOwnLog(connection)
        } catch {
            throw file.storeError(error)
        }
        return try snapshot { connection in
            let totals = try AuditTotals.read(connection, from: firstDay)
            let underWay = try UnderWay(connection, now: now)
            let destinations = names.numbers(.destination)
            let count = try AuditCount(
                connection, destinations: destinations, from: first,
                underWay: Set(destinations.filter(underWay.isFresh)))
            let held = try heldDestinations(now: now)
            return AuditReport(
                lines: try totals.map { try line($0, count, held: held) },
                differences: try queueDifferences(totals, count)
                    + finalDifferences(totals, count),
                losses: try losses(connection, mark, from: firstDay))
        }
    }

    /// Also those that only the next start will record. The mark was read before the snapshot.
    func losses(
        _ connection: Connection, _ mark: StoreMark?, from day: Int64 = 0
    ) throws -> [KnownLoss] {
        let unnoted = try KnownLoss.unnoted(connection, mark)
        return try KnownLoss.readAll(connection, from: day) + (unnoted.map { [$0] } ?? [])
    }

    private func line(
        _ totals: AuditTotals, _ count: AuditCount, held: Set<Int64>
    ) throws -> AuditReport.Line {
        let place = AuditCount.QueuePlace(
            day: totals.day, source: totals.source, destination: totals.destination)
        var terms = AuditTerms()
        terms.accepted = totals.accepted
        terms.duplicates = totals.duplicates
        terms.states[.delivered] = totals.delivered
        terms.states[.dead] = totals.dead
        terms.states[.discarded] = totals.discarded
        terms.states[.expired] = totals.expired
        let underWay = count.underWay[place] ?? 0
        terms.states[.inflight] = underWay
        terms.states[held.contains(totals.destination) ? .held : .queued] =
            (count.waiting[place] ?? 0) - underWay
        terms.pruned = totals.pruned.reduce(0, +)
        return AuditReport.Line(
            day: Self.day(totals.day), source: try name(totals.source),
            destination: try name(totals.destination), terms: terms)
    }

    /// What must wait by the totals against the rows of the queue.
    private func queueDifferences(
        _ totals: [AuditTotals], _ count: AuditCount
    ) throws -> [AuditReport.Difference] {
        var expected: [AuditCount.QueuePlace: Int64] = [:]
        for row in totals {
            expected[
                .init(day: row.day, source: row.source, destination: row.destination)] = row.waiting
        }
        let places = Set(expected.keys).union(count.waiting.keys)
        return try places.compactMap { place in
            let (want, have) = (expected[place] ?? 0, count.waiting[place] ?? 0)
            guard want != have else { return nil }
            return AuditReport.Difference(
                day: Self.day(place.day), source: try name(place.source),
                destination: try name(place.destination), term: "waiting", expected: want,
                found: have)
        }.sorted { ($0.day, $0.destination) < ($1.day, $1.destination) }
    }

    /// Final rows do not name their source, so that all sources of a day are compared at once.
    private func finalDifferences(
        _ totals: [AuditTotals], _ count: AuditCount
    ) throws -> [AuditReport.Difference] {
        let terms: [(DeliveryState, [AuditCount.Place: Int64], (AuditTotals) -> Int64)] = [
            (.delivered, count.delivered, { $0.delivered - $0.pruned[0] }),
            (.dead, count.dead, { $0.dead - $0.pruned[1] }),
            (.discarded, count.discarded, { $0.discarded - $0.pruned[2] }),
            (.expired, count.expired, { $0.expired - $0.pruned[3] }),
        ]
        var differences: [AuditReport.Difference] = []
        for (state, found, expectation) in terms {
            var expected: [AuditCount.Place: Int64] = [:]
            for row in totals {
                expected[.init(day: row.day, destination: row.destination), default: 0] +=
                    expectation(row)
            }
            for place in Set(expected.keys).union(found.keys) {
                let (want, have) = (expected[place] ?? 0, found[place] ?? 0)
                guard want != have else { continue }
                differences.append(
                    AuditReport.Difference(
                        day: Self.day(place.day), source: nil,
                        destination: try name(place.destination), term: state.rawValue,
                        expected: want, found: have))
            }
        }
        return differences.sorted { ($0.day, $0.destination) < ($1.day, $1.destination) }
    }

    private static func day(_ number: Int64) -> String {
        String(Timestamp(milliseconds: number * 86_400_000).description.prefix(10))
    }
}
