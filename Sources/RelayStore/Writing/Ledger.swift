package import RelayCore
package import SQLite

/// The write side of the embedded store: the one connection that writes, and what must be in
/// memory beside it. Confined to the writer's queue.
package final class Ledger {
    package let connection: Connection
    private(set) var lineages: [Lineage]
    var lastSequence: Int64
    /// Deliveries that were ever accepted, duplicates among them: the sum of that term.
    private(set) var accepted: Int64
    /// Of these, as far as it is known, what was there and is gone.
    let missing: Int64
    /// Found when this was opened.
    let loss: KnownLoss?
    /// What no relay has told of.
    let untoldLosses: [KnownLoss]
    /// The sequence from which on events stay, whatever retention says. Asked for once a round.
    var keptFrom: () -> Int64 = { .max }
    var audit = AuditDelta()
    var dedup = DedupWindow()
    /// `remember`s of the transaction in progress, to be undone if it fails.
    var rememberedInGroup = 0
    /// The longest window of any source, ms; older fingerprints are dropped.
    private var dedupWindowMs: Int64 = 0
    private var names: [String: Int64] = [:]
    /// The statements of the hot path, so that no text is looked up for each event.
    let hot: HotStatements

    package init(file: StoreFile, now: Timestamp) throws(StoreError) {
        // Read before the store is, see `KnownLoss.unnoted`.
        let mark = file.lastWord
        connection = try file.openForWriting(nowMs: now.milliseconds)
        do {
            hot = try HotStatements(connection)
            loss = try Ledger.noteLoss(connection, by: mark, now: now)
            let losses = try KnownLoss.readAll(connection)
            missing = losses.deliveries
            untoldLosses = losses.filter { !$0.isTold }
            lastSequence = max(
                try connection.scalar("SELECT max(seq) FROM events") ?? 0,
                losses.map(\.until).max() ?? 0)
            accepted = try connection.scalar("SELECT sum(accepted) FROM audit_days") ?? 0
            lineages = try Lineage.readAll(connection)
            if lineages.isEmpty {
                // With the store's beginning its name may be lost; who looks again must know it.
                let first = Lineage(from: 0, bits: mark?.lineage ?? Lineage.randomBits())
                try first.insert(connection)
                lineages = [first]
            }
        } catch {
            throw file.failedWriting(error)
        }
    }

    /// Runs `body` as one transaction: all of it, the account and the memory beside it, or nothing.
    /// - Parameter onCommit: called when all is in place and only the commit is left.
    func transaction<T>(
        onCommit: () -> Void = {}, _ body: (Ledger) throws -> T
    ) throws -> T {
        audit.removeAll()
        rememberedInGroup = 0
        do {
            let result = try connection.transaction(.immediate) { connection in
                let result = try body(self)
                try audit.write(to: connection)
                onCommit()
                return result
            }
            accepted += audit.sum(of: .accepted)
            return result
        } catch {
            dedup.forgetNewest(rememberedInGroup)
            throw error
        }
    }

    /// Sequences never go back, whatever the wall clock does. Were they to follow a clock to the
    /// last instant that they can name, there would be none left after it.
    func nextSequence(at time: Timestamp) -> Int64 {
        let first = min(EventID.firstSequence(at: time), Ledger.latestFirstSequence)
        lastSequence = max(lastSequence + 1, first)
        return lastSequence
    }

    /// Of the year 2099: ten years short of the end, which no number of events uses up.
    private static let latestFirstSequence = EventID.firstSequence(
        at: Timestamp(milliseconds: 4_070_908_800_000))

    func eventID(_ sequence: Int64) -> EventID {
        Lineage.id(of: sequence, in: lineages)
    }

    /// The number of a name, which is made when it is new. Called when configuration is read.
    package func number(of name: String, kind: NameKind) throws -> Int64 {
        let key = "\(kind.rawValue)/\(name)"
        if let known = names[key] { return known }
        let insert = try connection.statement(
            "INSERT INTO names (kind, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
        try insert.bind(1, kind.rawValue)
        try insert.bind(2, name)
        try insert.run()
        let select = try connection.statement("SELECT id FROM names WHERE kind = ?1 AND name = ?2")
        defer { select.reset() }
        try select.bind(1, kind.rawValue)
        try select.bind(2, name)
        guard try select.step() else { preconditionFailure("a name just inserted is missing") }
        let number = select.int64(0)
        names[key] = number
        return number
    }

    /// Every name of a kind that the store has ever seen, by its number.
    package func names(of kind: NameKind) throws -> [Int64: String] {
        let rows = try connection.statement("SELECT id, name FROM names WHERE kind = ?1")
        defer { rows.reset() }
        try rows.bind(1, kind.rawValue)
        var found: [Int64: String] = [:]
        while try rows.step() { found[rows.int64(0)] = rows.text(1) }
        return found
    }

    /// Reads the fingerprints of the last window back after a restart. Bounded by the window and
    /// by `Limits.dedupEntries`, not by the backlog.
    package func loadDedup(windowMs: Int64, now: Timestamp) throws {
        dedupWindowMs = max(dedupWindowMs, windowMs)
        guard windowMs > 0, dedup.count == 0 else { return }
        let rows = try connection.statement(
            """
            SELECT seq, source, hook, sha256, delivery_id FROM events
            WHERE seq >= ?1 AND duplicate_of IS NULL ORDER BY seq DESC LIMIT ?2
            """)
        try rows.bind(1, EventID.firstSequence(at: now.adding(ms: -windowMs)))
        try rows.bind(2, Int64(Limits.dedupEntries))
        defer { rows.reset() }
        var found: [(UInt64, Int64)] = []
        while try rows.step() {
            let key = DedupWindow.key(
                deliveryID: rows.optionalText(4), sha256: rows.bytes(3), source: rows.int64(1),
                hook: rows.int64(2))
            found.append((key, rows.int64(0)))
        }
        for (key, sequence) in found.reversed() { dedup.remember(key, sequence: sequence) }
    }

    func forgetOldFingerprints(now: Timestamp) {
        dedup.forget(before: EventID.firstSequence(at: now.adding(ms: -dedupWindowMs)))
    }
}
