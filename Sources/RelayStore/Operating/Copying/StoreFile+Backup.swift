import FoundationEssentials
package import RelayCore
import SQLite

/// How far a copy has come.
package struct CopyProgress: Sendable {
    package let donePages: Int
    package let totalPages: Int
    package let pageBytes: Int
}

extension StoreFile {
    private static let pagesPerStep = 128

    /// Copies the whole store as it is at this moment into a new file, beside a running relay or
    /// without one. The copy appears under its name only when it is whole and on stable storage.
    ///
    /// `progress` answers false to stop; then nothing is left of the copy.
    package func backup(
        to target: String, now: Timestamp, progress: (CopyProgress) -> Bool
    ) throws(StoreError) {
        let file = try whereItLies()
        let (mark, rest) = (file.lastWord, Rest(file))
        try file.requireFile()
        try file.requireLog()
        let source = try file.openForReading()
        defer { source.close() }
        do {
            try file.requireOwnLog(source)
        } catch {
            throw storeError(error)
        }
        try StoreFile.copy(from: source, to: target, progress: progress) { copy in
            try rest.require(source)
            try StoreFile.noteLoss(of: source, mark, in: copy, now: now)
        }
    }

    /// Makes a store here from a copy. The directory must be free of a store and of a relay; ids
    /// that are issued from here on can never be those that the first store issued after the copy.
    package func restore(
        from copy: StoreFile, holder: String, now: Timestamp, progress: (CopyProgress) -> Bool
    ) throws(StoreError) {
        let place = try copy.whereItLies()
        let (mark, rest) = (place.lastWord, Rest(place))
        let source = try copy.openCopy()
        defer { source.close() }
        let ownership = try StoreOwnership(directory: directory, holder: holder)
        try withExtendedLifetime(ownership) { () throws(StoreError) in
            try StoreFile.copy(from: source, to: path, progress: progress) { connection in
                let next = (try connection.scalar("SELECT max(seq) FROM events") ?? 0) + 1
                try connection.transaction(.immediate) { try Lineage.begin($0, from: next) }
                try rest.require(source)
                try StoreFile.noteLoss(of: source, mark, in: connection, now: now)
            }
            // Not before the new store is there: else the next start would begin with an empty one.
            try setMarkAside()
        }
    }

    /// What a start on the source would record.
    private static func noteLoss(
        of source: Connection, _ mark: StoreMark?, in copy: Connection, now: Timestamp
    ) throws {
        try source.transaction(.deferred) { source in
            try KnownLoss.unnoted(source, mark)?.found(at: now).insert(copy)
        }
    }

    /// A copy may be of an older schema: starting the relay on it migrates it.
    /// A log may lie beside it: whole copies of a data directory, and stores themselves, are read
    /// with theirs.
    func openCopy() throws(StoreError) -> Connection {
        let file = try whereItLies()
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw .cannotPrepare(path: file.path, reason: "there is no such file")
        }
        try file.requireContent()
        try file.requireLog()
        return try file.reading { mode in
            let connection = try Connection(path: file.path, mode: mode, vfs: vfs)
            try connection.execute("PRAGMA query_only = ON;")
            try file.requireStore(connection)
            guard try !StoreFile.migrator.plan(connection).applied.isEmpty else {
                throw StoreError.cannotPrepare(path: file.path, reason: StoreError.noStore)
            }
            try file.requireOwnLog(connection)
            return connection
        }
    }

    private static func copy(
        from source: Connection, to target: String, progress: (CopyProgress) -> Bool,
        finish: (Connection) throws -> Void
    ) throws(StoreError) {
        for path in [target, target + "-wal", target + "-journal"]
        where FileManager.default.fileExists(atPath: path) { throw isThere(path) }
        let partial = target + ".partial"
        removeDatabase(partial)
        do {
            let copy = try Connection(path: partial, mode: .create)
            defer { copy.close() }
            // Bodies are personal data: nobody but the operator reads the copy.
            try copy.execute("PRAGMA synchronous = FULL;")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: partial)
            let pageBytes = Int(try source.scalar("PRAGMA page_size") ?? 0)
            try source.backup(to: copy, pagesPerStep: pagesPerStep) { step in
                progress(
                    CopyProgress(
                        donePages: step.totalPages - step.remainingPages,
                        totalPages: step.totalPages, pageBytes: pageBytes))
            }
            let pages = Int(try copy.scalar("PRAGMA page_count") ?? 0)
            guard
                progress(
                    CopyProgress(donePages: pages, totalPages: pages, pageBytes: pageBytes))
            else {
                throw StoreError.cannotPrepare(path: target, reason: "the copy was stopped")
            }
            // Without a log of its own the copy is one file, which can be read from a read-only
            // place. What the relay said of itself at that moment is not true of the copy.
            try copy.execute(
                """
                PRAGMA journal_mode = DELETE;
                BEGIN IMMEDIATE; DELETE FROM gates; DELETE FROM in_flight; COMMIT;
                """)
            try finish(copy)
        } catch {
            removeDatabase(partial)
            throw StoreFile(path: target).storeError(error)
        }
        try putInPlace(partial, target)
    }

    /// The name appears at once or not at all, and survives a power cut.
    static func putInPlace(_ partial: String, _ target: String) throws(StoreError) {
        do {
            try Volume.rename(partial, toNew: target)
        } catch {
            removeDatabase(partial)
            throw notNamed(target, error)
        }
        guard Volume.synchroniseDirectory(at: StoreFile(path: target).directory) else {
            throw .cannotPrepare(
                path: target, reason: "is written, but its directory could not be synced")
        }
    }

    private static func notNamed(_ target: String, _ failure: Volume.RenameFailure) -> StoreError {
        switch failure {
        case .isThereAlready: isThere(target)
        case .system(let number):
            .cannotPrepare(
                path: target,
                reason: StoreError.sentence(for: number) ?? "cannot be made (errno \(number))")
        }
    }

    private static func isThere(_ path: String) -> StoreError {
        .cannotPrepare(
            path: path,
            reason: "is there already and is not overwritten; "
                + "move it away or name another place")
    }

    static func removeDatabase(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}
