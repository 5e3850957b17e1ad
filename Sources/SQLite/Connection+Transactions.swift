import CSQLite

extension Connection {
    package enum TransactionKind: Sendable {
        /// Takes its snapshot at the first read and the write lock at the first write.
        case deferred
        /// Takes the write lock at once, so that no later statement can find it taken.
        case immediate
        case exclusive
    }

    /// Runs the body between BEGIN and COMMIT; when it throws, nothing of it stays.
    ///
    /// A failed COMMIT is thrown as `CommitFailure`. A full disk or a failed transfer makes SQLite
    /// roll back by itself: a body that catches such an error and goes on must look at
    /// `isInTransaction` first, or its later statements commit one by one.
    package func transaction<T>(
        _ kind: TransactionKind = .immediate, _ body: (Connection) throws -> T
    ) throws -> T {
        try statement(kind.begin).run()
        let result: T
        do {
            result = try body(self)
        } catch {
            rollBack()
            throw error
        }
        do {
            try statement("COMMIT").run()
        } catch {
            rollBack()
            throw CommitFailure(underlying: error)
        }
        return result
    }

    /// Runs the body so that its failure undoes only its own work within the transaction.
    package func savepoint<T>(_ body: (Connection) throws -> T) throws -> T {
        precondition(isInTransaction, "a savepoint needs a transaction around it")
        try statement("SAVEPOINT inner").run()
        do {
            let result = try body(self)
            try statement("RELEASE inner").run()
            return result
        } catch {
            // After SQLite's own rollback the savepoint is gone with its transaction. If it cannot
            // be undone alone, the whole transaction goes: half of a body must never be committed.
            if isInTransaction {
                do { try execute("ROLLBACK TO inner; RELEASE inner") } catch { rollBack() }
            }
            throw error
        }
    }

    /// The caller already throws the error that matters. ROLLBACK itself fails only when an
    /// interrupt hits it; should that leave the transaction open, the next BEGIN says so.
    func rollBack() {
        withoutProgressHandler {
            for _ in 0..<3 where isInTransaction { try? statement("ROLLBACK").run() }
        }
    }
}

extension Connection.TransactionKind {
    fileprivate var begin: String {
        switch self {
        case .deferred: "BEGIN DEFERRED"
        case .immediate: "BEGIN IMMEDIATE"
        case .exclusive: "BEGIN EXCLUSIVE"
        }
    }
}
