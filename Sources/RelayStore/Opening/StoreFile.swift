import FoundationEssentials
import Migrations
package import SQLite
import RelayCore
import Signing

/// Where a store lies, and how its connections are opened.
package struct StoreFile: Sendable, Hashable {
    package static let name = "holdfast.db"
    /// Small, because each commit writes the pages it touches whole.
    package static let pageBytes = 4096
    /// How long a writing connection waits for another process's transaction.
    static let changeWaitMs = 10_000

    package let path: String
    /// A file system of the tests' making; nil in production.
    package let vfs: String?

    package init(path: String, vfs: String? = nil) {
        self.path = path
        self.vfs = vfs
    }

    package init(directory: String, vfs: String? = nil) {
        self.init(path: directory + "/" + StoreFile.name, vfs: vfs)
    }

    package var logPath: String { path + "-wal" }
    package static let lockName = "holdfast.lock"
    var lockPath: String { directory + "/" + StoreFile.lockName }
    package var directory: String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let parent = parts.dropLast().joined(separator: "/")
        return parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent
    }

    static let migrator = Migrator(
        migrations: Migrations.sqlite.map { file in
            Migration(
                number: file.number, name: file.name,
                sql: String(decoding: file.sql, as: UTF8.self),
                checksum: SHA256.digest(file.sql).hex)
        })

    /// Opens for writing, creating and migrating the database when need be.
    package func openForWriting(nowMs: Int64) throws(StoreError) -> Connection {
        try requireOwnName()
        try makeWhenNew(nowMs: nowMs)
        try requireContent()
        try requireLog()
        try startFromDisk()
        do {
            if vfs != nil { return try openOrMake(path, nowMs: nowMs) }
            let connection = try openExisting()
            try configureForWriting(connection)
            try StoreFile.migrator.migrate(connection, nowMs: nowMs)
            return connection
        } catch {
            throw failedWriting(error)
        }
    }

    /// Opens an existing database for an operator's change. Never creates, never migrates.
    ///
    /// - Parameter besideWriter: of this process, which has looked at what the last relay left.
    package func openForChange(besideWriter: Bool = false) throws(StoreError) -> Connection {
        try requireOwnName()
        try requireFile()
        if !besideWriter { try requireLog() }
        try startFromDisk()
        do {
            let connection = try openExisting(besideWriter: besideWriter)
            try configureForWriting(connection)
            try StoreFile.migrator.verify(connection)
            return connection
        } catch {
            throw failedWriting(error)
        }
    }

    /// Opens for reading beside a writer. Readers never block intake and are never blocked by it.
    package func openForReading() throws(StoreError) -> Connection {
        let file = try whereItLies()
        try file.requireFile()
        return try file.reading { mode in
            let connection = try Connection(
                path: file.path, mode: mode, vfs: vfs, busyTimeoutMs: 5000)
            try connection.execute("PRAGMA cache_size = -4096; PRAGMA query_only = ON;")
            try StoreFile.migrator.verify(connection)
            return connection
        }
    }

    /// Opens for reading with `open`. A store that was closed in good order has no log, and where
    /// SQLite can make none (a volume for reading only, a full disk) nobody writes either: then it
    /// is read as it lies, as is one whose log is missing: nothing may be made that looks like a
    /// log. The path must be no link, or the log is looked for in the wrong place.
    func reading<T>(_ open: (Connection.Mode) throws -> T) throws(StoreError) -> T {
        do {
            do {
                // Looked at twice: a relay that stops takes the log away behind the mark.
                let isLeft = isMarked && isLogAbsent && isMarked
                return try open(isLeft ? .unchanging : .readOnly)
            } catch  where isUnchanging(storeError(error)) {
                return try open(.unchanging)
            }
        } catch {
            throw storeError(error)
        }
    }

    private func isUnchanging(_ error: StoreError) -> Bool {
        guard vfs == nil, case .database(_, let error) = error,
            error.isCantOpen || error.isFull || error.isReadOnly, !error.isOutOfDescriptors
        else { return false }
        return !hasLog
    }

    func requireFile() throws(StoreError) {
        guard vfs == nil else { return }
        switch Volume.look(at: path) {
        case .found: break
        case .absent:
            try requireNothingLeft()
            throw .missing(path: path)
        case .unknown(let number): throw unknown(number)
        }
        try requireContent()
    }

    /// The system would not say what a path names.
    func unknown(_ number: Int32) -> StoreError {
        .cannotPrepare(
            path: path,
            reason: "cannot be looked at (errno \(number)); check the path, and that this user may "
                + "enter the directories in it")
    }

    /// The log, the synced commit and the checkpoint by hand are what a 2xx rests on. No
    /// checkpoint comes by itself, the first of all: on a full disk the log of the life before
    /// would take the last room. `page_size` and `auto_vacuum` take effect only before the first
    /// table is made. The second writes even then, and its sync makes the name of a new log
    /// durable, which a later process that finds the log there would not do. What a long read made
    /// the log grow beyond its limit is given back to the disk when the log starts again.
    func configureForWriting(_ connection: Connection) throws {
        try connection.execute(
            """
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA page_size = \(StoreFile.pageBytes);
            PRAGMA auto_vacuum = INCREMENTAL;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA journal_size_limit = \(Limits.logBytesHard);
            PRAGMA secure_delete = FAST;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -\(Limits.pageCacheKiB);
            """)
        guard try connection.text("PRAGMA journal_mode") == "wal" else {
            throw StoreError.cannotPrepare(
                path: path,
                reason: "the file system does not carry SQLite's write-ahead log "
                    + "(network and FUSE mounts often do not); use a local disk")
        }
        // The log may be of a process that was killed before its first sync.
        if vfs == nil, !Volume.synchroniseDirectory(at: directory) {
            throw StoreError.cannotPrepare(
                path: path, reason: "the directory cannot be synced; see the kernel's log")
        }
    }

    /// A file without any migration was never a store, whatever else it holds.
    private func schemaError(_ error: MigrationError) -> StoreError {
        switch error.reason {
        case .pending(let numbers) where numbers.first == StoreFile.firstMigration:
            .cannotPrepare(path: path, reason: StoreError.noStore)
        case .database(let cause):
            .database(path: path, cause)
        default: .schema(error)
        }
    }

    private static var firstMigration: Int { Migrations.sqlite.map(\.number).min() ?? 1 }

    func storeError(_ error: any Error) -> StoreError {
        switch error {
        case let error as StoreError: error
        case let error as MigrationError: schemaError(error)
        case let error as SQLiteError where error.isCorrupt && hasLostLog:
            .cannotPrepare(
                path: path,
                reason: "makes no sense without its log, which is not there: put \(logPath) back "
                    + "(\(error))")
        case let error as SQLiteError: .database(path: path, error)
        case let error as CommitFailure: .database(path: path, error.underlying)
        default: .cannotPrepare(path: path, reason: "\(error)")
        }
    }
}
