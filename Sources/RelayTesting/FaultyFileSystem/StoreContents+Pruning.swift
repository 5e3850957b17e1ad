package import RelayCore
package import RelayStore

extension StoreContents {
    /// One round of retention, as the contents after each of its stages.
    package func pruned(now: Timestamp, retention: Retention) -> [StoreContents] {
        var stages: [StoreContents] = []
        var current = self
        func end(_ keptMs: Int64) -> Timestamp { now.adding(ms: -keptMs) }
        current.pruneFinals(before: end(retention.deliveredMs)) {
            if case .delivered(let atMs, _) = $0 { atMs } else { nil }
        }
        stages.append(current)
        current.pruneFinals(before: end(retention.deadMs)) {
            switch $0 {
            case .dead(let atMs, _), .expired(let atMs, _): atMs
            default: nil
            }
        }
        stages.append(current)
        current.pruneFinals(before: end(retention.discardedMs)) {
            if case .discarded(let atMs, _) = $0 { atMs } else { nil }
        }
        stages.append(current)
        let first = EventID.firstSequence(at: end(retention.deliveredMs))
        for sequence in current.events.keys.sorted() where sequence < first {
            current.removeEvent(sequence)
        }
        stages.append(current)
        return stages
    }

    private mutating func pruneFinals(before end: Timestamp, _ finishedAtMs: (Place) -> Int64?) {
        let first = EventID.firstSequence(at: end)
        for (key, place) in deliveries.sorted(by: { $0.key < $1.key }) {
            guard key.sequence < first, let atMs = finishedAtMs(place), atMs < end.milliseconds
            else { continue }
            deliveries[key] = nil
            attempts[key] = nil
            removeEvent(key.sequence)
        }
    }

    /// The newest event always stays: sequences grow from it.
    private mutating func removeEvent(_ sequence: Int64) {
        guard sequence != events.keys.max(),
            !deliveries.keys.contains(where: { $0.sequence == sequence })
        else { return }
        events[sequence] = nil
    }
}
