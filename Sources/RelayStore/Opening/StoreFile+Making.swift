import FoundationEssentials
import SQLite

/// A new store appears under its name only when it is whole, with its schema and on stable storage.
/// So no crash leaves a database that is empty or knows no schema, nor a log without its database:
/// who finds one has a store that lost something, and events may stand in its log.
extension StoreFile {
    /// Something stands in the log, or nobody can say that there is none.
    package var hasLog: Bool {
        guard vfs == nil else { return false }
        switch Volume.look(at: logPath) {
        case .found(let log): return log.bytes > 0
        case .absent: return false
        case .unknown: return true
        }
    }

    func makeWhenNew(nowMs: Int64) throws(StoreError) {
        guard vfs == nil else { return }
        switch Volume.look(at: path) {
        case .found: return
        case .absent: break
        case .unknown(let number): throw unknown(number)
        }
        try requireNothingLeft()
        let partial = path + ".partial"
        StoreFile.removeDatabase(partial)
        do {
            try openOrMake(partial, nowMs: nowMs).close()
        } catch {
            StoreFile.removeDatabase(partial)
            throw failedWriting(error)
        }
        try StoreFile.putInPlace(partial, path)
    }

    /// A store was here, and what is left of it says so.
    func requireNothingLeft() throws(StoreError) {
        guard hasLog || isMarked else { return }
        let beginning =
            isMarked ? "rename \(markPath) to \(lastWordPath)" : ""
        let moving = hasLog ? "move \(logPath) away" : ""
        throw .cannotPrepare(
            path: path,
            reason: (hasLog
                ? "is not there, but its log is, and events may stand in it: put the database back"
                : "is not there, nor its log, and a relay ran on it: put them back")
                + ", or, to begin with an empty store or to restore a copy, "
                + [moving, beginning].filter { !$0.isEmpty }.joined(separator: " and ")
                + (mark == nil ? "" : ": the account then names what is missing"))
    }

    /// In a file system of the tests' making, which knows no renaming, a store is made in its
    /// place.
    func openOrMake(_ place: String, nowMs: Int64) throws -> Connection {
        let connection = try Connection(
            path: place, mode: .create, vfs: vfs, busyTimeoutMs: StoreFile.changeWaitMs)
        try configureForWriting(connection)
        let isNew = try StoreFile.migrator.plan(connection).applied.isEmpty
        try StoreFile.migrator.migrate(connection, nowMs: nowMs)
        if isNew {
            let result = try connection.checkpoint(.truncate)
            guard !result.busy else {
                throw StoreError.cannotPrepare(
                    path: path, reason: "another process kept it locked; try again in a moment")
            }
        }
        return connection
    }

    /// SQLite takes an empty file for a new database and deletes the log beside it.
    func requireContent() throws(StoreError) {
        guard vfs == nil, let found = Volume.identity(of: path) else { return }
        try requireBytes()
        guard found.bytes == 0 else { return }
        throw .cannotPrepare(
            path: path,
            reason: hasLog
                ? "is empty, but its log is not, and events may stand in it: the database is "
                    + "damaged; put it back, or move both files away and see 'holdfast restore'"
                : "is empty, as no store is: the database is damaged; move the file away and see "
                    + "'holdfast restore'")
    }

    /// A directory, a device or a pipe is not to be told that it is a damaged database.
    private func requireBytes() throws(StoreError) {
        guard !Volume.isFile(path), !Volume.isLink(path) else { return }
        var isDirectory = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        throw .cannotPrepare(
            path: path,
            reason: isThere && isDirectory
                ? "is a directory; the database in it is \(StoreFile.name)" : "is no file")
    }

    /// A database without our schema is refused, and its log left as it is: who closes last would
    /// delete it.
    func openExisting(besideWriter: Bool = false) throws -> Connection {
        let connection = try Connection(
            path: path, mode: .readWrite, vfs: vfs, busyTimeoutMs: StoreFile.changeWaitMs)
        connection.leaveLog(true)
        try requireStore(connection)
        if !besideWriter { try requireOwnLog(connection) }
        connection.leaveLog(isMarked)
        return connection
    }
}
