import RelayCore
import RelayStore

extension Scheduler {
    /// Requests out for longer are shown one by one; shorter ones only as a number, ns.
    private static var noteworthyNs: UInt64 { 1_000_000_000 }

    /// Says what the gates are and what has been under way for long, when it is not what was said
    /// before.
    func publish() {
        let now = relayTime.now()
        let nowNs = clock.monotonicNanoseconds
        var news: [GateReport] = []
        // In a fixed order, so that the same events write the same pages.
        for number in lines.keys.sorted() {
            guard let line = lines[number] else { continue }
            let report = GateReport(line, now: now, nowNs: nowNs)
            if published[report.destination]?.says(report) == true { continue }
            published[report.destination] = report
            news.append(report)
        }
        let slow = longUnderway(nowNs: nowNs)
        let added = slow.subtracting(publishedInFlight)
        let removed = publishedInFlight.subtracting(slow)
        publishedInFlight = slow
        guard !news.isEmpty || !added.isEmpty || !removed.isEmpty else { return }
        let reports = news
        writer.perform({ ledger in
            for report in reports { try ledger.publish(report) }
            try ledger.publish(inFlight: added.sorted(), removed: removed.sorted())
        }) { _ in }
    }

    private func longUnderway(nowNs: UInt64) -> Set<InFlightKey> {
        var keys: Set<InFlightKey> = []
        for sent in underway.values where nowNs - min(sent.sinceNs, nowNs) >= Self.noteworthyNs {
            for claim in sent.parcel.claims {
                keys.insert(
                    InFlightKey(destination: sent.destination, sequence: claim.id.sequence))
            }
        }
        return keys
    }
}
