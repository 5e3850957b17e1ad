package import RelayCore
package import RelayStore

/// What each verb of the store must do, in the simplest words: the model of the store.
extension StoreContents {
    /// - Parameter sequence: the row number that the event gets.
    package mutating func accept(_ event: NewEvent, sequence: Int64) -> Int64? {
        let first = firstOfRepeat(event)
        events[sequence] = Event(event, duplicateOf: first)
        guard first == nil else { return first }
        for destination in event.route.destinations {
            let key = DeliveryKey(sequence: sequence, destination: destination)
            deliveries[key] =
                event.isParsable
                ? .queued(dueAtMs: 0, attempts: 0)
                : .dead(atMs: event.receivedAt.milliseconds, attempts: 0)
        }
        return nil
    }

    /// The newest event of the same place that is inside the window and the same.
    private func firstOfRepeat(_ event: NewEvent) -> Int64? {
        let windowMs = event.route.dedupWindowMs
        return events.lazy.filter { sequence, old in
            old.duplicateOf == nil && old.source == event.route.source
                && old.hook == event.route.hook
                && event.receivedAt.millisecondsSince(EventID.time(ofSequence: sequence))
                    < windowMs
                && (event.deliveryID.map { $0 == old.deliveryID }
                    ?? (old.deliveryID == nil && old.sha256 == event.sha256))
        }.map(\.key).max()
    }

    /// - Returns: whether the row was still as claimed.
    package mutating func finish(_ finish: Finish, now: Timestamp) -> Bool {
        let claim = finish.claim
        let key = DeliveryKey(sequence: claim.id.sequence, destination: claim.destination)
        guard deliveries[key] == .queued(dueAtMs: claim.dueAtMs, attempts: claim.attempts) else {
            return false
        }
        let sends = claim.attempts + (finish.attempt == nil ? 0 : 1)
        switch finish.result {
        case .delivered:
            deliveries[key] = .delivered(atMs: now.milliseconds, attempts: sends)
            return true
        case .retry(let due):
            deliveries[key] = .queued(dueAtMs: max(due.milliseconds, 1), attempts: sends)
        case .dead: deliveries[key] = .dead(atMs: now.milliseconds, attempts: sends)
        case .expired: deliveries[key] = .expired(atMs: now.milliseconds, attempts: sends)
        }
        if finish.attempt != nil { attempts[key, default: 0] += 1 }
        return true
    }

    package mutating func discard(_ key: DeliveryKey, now: Timestamp) {
        switch deliveries[key] {
        case .queued(_, let attempts), .dead(_, let attempts), .expired(_, let attempts):
            deliveries[key] = .discarded(atMs: now.milliseconds, attempts: attempts)
        default: return
        }
    }

    /// What is known of the event goes; that it was there stays. What waits is given up.
    package mutating func erase(_ sequence: Int64, now: Timestamp) {
        guard let event = events[sequence], !event.isErased else { return }
        events[sequence] = event.erased
        for (key, place) in deliveries where key.sequence == sequence {
            guard case .queued(_, let attempts) = place else { continue }
            deliveries[key] = .discarded(atMs: now.milliseconds, attempts: attempts)
        }
    }

    package mutating func replay(_ key: DeliveryKey, now: Timestamp) {
        guard let event = events[key.sequence], event.isParsable, !event.isErased else { return }
        switch deliveries[key] {
        case .delivered(_, let count):
            // The attempt that delivered it joins the history.
            attempts[key, default: 0] += 1
            deliveries[key] = .queued(dueAtMs: max(now.milliseconds, 1), attempts: count)
        case .dead(_, let count), .expired(_, let count), .discarded(_, let count):
            deliveries[key] = .queued(dueAtMs: max(now.milliseconds, 1), attempts: count)
        default: return
        }
    }

    /// What is due for a destination, in the order of work.
    package func due(_ destination: Int64, now: Timestamp) -> [DeliveryKey] {
        deliveries.compactMap { key, place -> (Int64, DeliveryKey)? in
            guard key.destination == destination, case .queued(let due, _) = place,
                due <= now.milliseconds
            else { return nil }
            return (due, key)
        }
        .sorted { ($0.0, $0.1.sequence) < ($1.0, $1.1.sequence) }
        .map(\.1)
    }
}
