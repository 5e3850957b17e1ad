import RelayCore
import SQLite
import Synchronization

extension GroupWriter {
    /// What one transaction will hold.
    struct Group {
        var accepts: [Waiting] = []
        var finishes: [FinishGroup] = []
        var changes: [Change] = []
        /// Answered when the rest is done.
        var probes: [@Sendable () -> Void] = []

        var isEmpty: Bool {
            accepts.isEmpty && finishes.isEmpty && changes.isEmpty && probes.isEmpty
        }
    }

    /// Takes all finishes, changes and probes, and as many events as one commit may hold.
    func takeGroup() -> Group {
        inbox.withLock { inbox in
            var group = Group()
            swap(&group.finishes, &inbox.finishes)
            swap(&group.changes, &inbox.changes)
            swap(&group.probes, &inbox.probes)
            if inbox.accepts.count <= Limits.groupEvents, inbox.acceptBytes <= Limits.groupBytes {
                swap(&group.accepts, &inbox.accepts)
                inbox.acceptBytes = 0
                return group
            }
            var bytes = 0
            var count = 0
            while count < min(inbox.accepts.count, Limits.groupEvents),
                count == 0 || bytes < Limits.groupBytes
            {
                bytes += inbox.accepts[count].event.body.count
                count += 1
            }
            group.accepts = Array(inbox.accepts[..<count])
            inbox.accepts.removeFirst(count)
            inbox.acceptBytes -= bytes
            return group
        }
    }

    func commit(_ group: Group) {
        var group = group
        if !hasEnded, checkpointer.isOverdue {
            checkpointer.waitForPass()
            checkpoint()
        }
        if !hasEnded { checkFilesNowAndThen() }
        if hasEnded {
            refuse(group.accepts, hasFailed ? .failed : .stopping)
            for finish in group.finishes { finish.completion(.notRecorded) }
            for change in group.changes { commitChange(change) }
            return
        }
        if !group.accepts.isEmpty {
            let isLow = space.isBelowReserve
            tellReserve(isLow)
            if isLow {
                refuse(group.accepts, .diskFull)
                group.accepts.removeAll()
            }
        }
        if !group.accepts.isEmpty || !group.finishes.isEmpty { commitRows(group) }
        for change in group.changes { commitChange(change) }
    }

    /// What has been done to find room on a full disk.
    private enum Room { case asItIs, afterCheckpoint, afterBallast }

    private func commitRows(_ group: Group, in room: Room = .asItIs) {
        let now = clock.now
        let started = clock.monotonicNanoseconds
        var writtenNs = started
        var acceptances: [Acceptance] = []
        var changed: [[Bool]] = []
        acceptances.reserveCapacity(group.accepts.count)
        do {
            try ledger.transaction(onCommit: { writtenNs = clock.monotonicNanoseconds }) { ledger in
                ledger.forgetOldFingerprints(now: now)
                for waiting in group.accepts {
                    acceptances.append(try ledger.accept(waiting.event))
                }
                for finishes in group.finishes {
                    changed.append(
                        try finishes.finishes.map { try ledger.finish($0, now: now) })
                }
            }
        } catch {
            recover(group, from: error, in: room)
            return
        }
        // Synced; now it must also be where the next start looks for it.
        if !group.accepts.isEmpty { checkFiles() }
        guard !hasFailed else {
            refuse(group.accepts, .failed)
            for finishes in group.finishes { finishes.completion(.notRecorded) }
            return
        }
        // From here on it is on stable storage.
        let endedNs = clock.monotonicNanoseconds
        statistics.withLock {
            $0.count(
                accepts: group.accepts.count, finishGroups: changed.count,
                rows: changed.reduce(group.accepts.count) { $0 + $1.count },
                commitNs: endedNs - started, syncNs: endedNs - writtenNs)
        }
        for (waiting, acceptance) in zip(group.accepts, acceptances) {
            waiting.waiter.finished(acceptance)
        }
        for (finishes, rows) in zip(group.finishes, changed) {
            finishes.completion(.recorded(changed: rows))
        }
        handOverStored(group.accepts, acceptances)
        if !group.accepts.isEmpty { noteNewest() }
    }

    private func handOverStored(_ accepts: [Waiting], _ acceptances: [Acceptance]) {
        guard !accepts.isEmpty, let delivery = receiver.withLock({ $0.delivery }) else { return }
        delivery.stored(
            zip(accepts, acceptances).compactMap { waiting, acceptance in
                guard case .stored(let id) = acceptance, waiting.event.isParsable else {
                    return nil
                }
                return StoredEvent(id: id, event: waiting.event)
            })
    }

    private func commitChange(_ change: Change, in room: Room = .asItIs) {
        // What came before it in the group may have been the end of the store.
        guard !hasEnded else {
            change.completion(StoreFailure.stopped)
            return
        }
        do {
            try ledger.transaction { try change.work($0) }
            noteDatabase()
            change.completion(nil)
        } catch {
            if let failure = fatal(error) { fail(failure) }
            // Retention is what frees space; it must not be what a full disk stops.
            if cause(of: error)?.isFull == true, let more = makeRoom(after: room) {
                return commitChange(change, in: more)
            }
            change.completion(error)
        }
    }

    /// Nothing of the group was stored. A full disk or a lock held for long by another process
    /// refuses the events; the finishes get another chance without them, because recording a
    /// delivery needs little room and forgetting it means sending twice.
    private func recover(_ group: Group, from error: any Error, in room: Room) {
        if let failure = fatal(error) {
            fail(failure)
            refuse(group.accepts, .failed)
            for finishes in group.finishes { finishes.completion(.notRecorded) }
            return
        }
        let isFull = (cause(of: error)).map(\.isFull) ?? false
        if isFull { space.noteFull() }
        refuse(group.accepts, isFull ? .diskFull : .overloaded)
        guard !group.finishes.isEmpty else { return }
        if !group.accepts.isEmpty {
            commitRows(Group(finishes: group.finishes), in: room)
        } else if isFull, let more = makeRoom(after: room) {
            commitRows(group, in: more)
        } else {
            for finishes in group.finishes { finishes.completion(.notRecorded) }
        }
    }

    /// A log that is in the database starts again at its front and needs no new blocks; when that
    /// was not enough the ballast goes.
    private func makeRoom(after room: Room) -> Room? {
        switch room {
        case .asItIs:
            checkpoint()
            return hasEnded ? nil : .afterCheckpoint
        case .afterCheckpoint: return space.giveUpBallast() ? .afterBallast : nil
        case .afterBallast: return nil
        }
    }

    private func refuse(_ accepts: [Waiting], _ refusal: Acceptance.Refusal) {
        for waiting in accepts { waiting.waiter.finished(.refused(refusal)) }
    }

    private func cause(of error: any Error) -> SQLiteError? {
        (error as? CommitFailure)?.underlying ?? error as? SQLiteError
    }

    /// A failed sync or write leaves nothing to trust; busy and full leave the store as it was.
    func fatal(_ error: any Error) -> StoreFailure? {
        guard let reason = cause(of: error) else { return nil }
        if reason.isBusy || reason.isFull { return nil }
        return StoreFailure(operation: "commit", reason: reason)
    }
}
