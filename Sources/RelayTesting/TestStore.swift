import RelayCore
package import RelayStore
import Synchronization

/// A real store in a folder of its own, driven step by step.
package final class TestStore: Sendable {
    package let folder: TemporaryFolder
    package let clock: ManualClock
    package let file: StoreFile
    package let writer: GroupWriter
    package let failures = Mailbox<StoreFailure>()

    package init(
        clock: ManualClock = ManualClock(), reserveBytes: Int64 = 0,
        folder: TemporaryFolder? = nil
    ) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        self.clock = clock
        file = StoreFile(directory: folder.path)
        let failures = failures
        writer = try GroupWriter(file: file, clock: clock, reserveBytes: reserveBytes) {
            failures.put($0)
        }
    }

    package func route(
        source: String = "chatlio", hook: String = "unanswered",
        destinations: [String] = ["platform"], dedupWindowMs: Int64 = 600_000
    ) throws -> Route {
        try writer.prepare { ledger in
            try ledger.loadDedup(windowMs: dedupWindowMs, now: clock.now)
            return Route(
                source: try ledger.number(of: source, kind: .source),
                hook: try ledger.number(of: hook, kind: .hook),
                destinations: try destinations.map {
                    try ledger.number(of: $0, kind: .destination)
                },
                dedupWindowMs: dedupWindowMs)
        }
    }

    /// Offers an event and waits for the verdict.
    package func accept(_ event: NewEvent) -> Acceptance {
        let waiter = WaitingForAcceptance()
        writer.submit(event, waiter: waiter)
        return waiter.verdict.take()
    }

    /// Records finishes and waits for the receipt.
    package func finish(_ finishes: [Finish]) -> FinishReceipt {
        let receipts = Mailbox<FinishReceipt>()
        writer.submit(finishes) { receipts.put($0) }
        return receipts.take()
    }

    /// All that is due for a destination, as a scheduler would read it.
    package func claims(_ destination: Int64) throws -> [Claim] {
        let reader = try ClaimReader(file: file)
        defer { reader.close() }
        return try reader.claimDue(
            .untried(destination: destination, after: 0, count: 10_000, bytes: .max))
            + reader.claimDue(
                .tried(
                    destination: destination, after: (1, -1), now: clock.now, count: 10_000,
                    bytes: .max))
    }

    package func close() {
        let closed = Mailbox<Bool>()
        writer.close { closed.put(true) }
        _ = closed.take()
    }
}

/// Keeps the verdict for a test that waits for it.
package final class WaitingForAcceptance: AcceptWaiter {
    package let verdict = Mailbox<Acceptance>()

    package init() {}

    package func finished(_ acceptance: Acceptance) { verdict.put(acceptance) }
}
