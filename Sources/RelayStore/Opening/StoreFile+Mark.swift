import FoundationEssentials
import SQLite

/// SQLite begins without a word where the log is gone, and takes one of another store for its own.
/// So whoever would write to the store looks first at what a relay has left beside it. Without a
/// mark a log may be there or not.
extension StoreFile {
    private var markPath: String { path + "-open" }
    var isMarked: Bool { vfs == nil && FileManager.default.fileExists(atPath: markPath) }
    /// What the last relay has said of its store, unless it has stopped in good order.
    var mark: StoreMark? { vfs == nil ? StoreMark(path: markPath) : nil }

    /// When the log is there, under a name that outlives a power cut. On a full disk there may be
    /// no room for it: then the store is as safe as with it, and nobody watches its log.
    func leave(_ mark: StoreMark, _ writer: Connection) -> LineFile? {
        guard vfs == nil else { return nil }
        writer.leaveLog(true)
        if let file = LineFile(path: markPath, line: mark.line) { return file }
        _ = unmark()
        return nil
    }

    /// Before the log goes in good order, and durable before it: the other way round the next start
    /// would miss a log that held nothing any more.
    func unmark() -> Bool {
        guard isMarked else { return vfs == nil }
        do {
            try FileManager.default.removeItem(atPath: markPath)
        } catch {
            return false
        }
        return Volume.synchroniseDirectory(at: directory)
    }

    /// Of a store that was taken away with its log; another one comes in its place.
    func forgetMark() throws(StoreError) {
        guard !unmark() else { return }
        throw .cannotPrepare(
            path: path,
            reason: "cannot be made: \(markPath), of the store before, cannot be deleted")
    }

    /// A log that is gone may have gone in good order: whichever program closes a database as the
    /// last one takes its log away. Then the database has all.
    func requireLog() throws(StoreError) {
        guard isMarked, case .absent = Volume.look(at: logPath) else { return }
        if let mark, let newest = try? newestInDatabase(), newest >= mark.newest { return }
        throw .cannotPrepare(
            path: path,
            reason: "was left by a relay that did not stop in good order, and its log is not "
                + "there, in which events may stand: put \(logPath) back, or delete \(markPath) "
                + "to go on without them")
    }

    private func newestInDatabase() throws -> Int64 {
        let connection = try Connection(path: path, mode: .unchanging)
        defer { connection.close() }
        return try connection.scalar("SELECT max(seq) FROM events") ?? 0
    }

    /// Before the first write.
    func requireOwnLog(_ connection: Connection) throws {
        guard let mark, let lineages = try? Lineage.readAll(connection), !lineages.isEmpty,
            !lineages.contains(where: { $0.bits == mark.lineage })
        else { return }
        throw StoreError.cannotPrepare(
            path: path,
            reason: "is not the store on which the last relay ran: the database or its log, "
                + "\(logPath), is of another one. Put both back as they were, or delete "
                + "\(markPath) to go on with what is there")
    }

    /// Ends a store in good order: what its log holds is in the database, and the log goes.
    ///
    /// SQLite does this when the last connection closes, by what the log's index says. That is
    /// memory shared through a file, and whatever else has written there may make it say that there
    /// is nothing left to do. So the writer leaves the log, and the next connection, for which
    /// SQLite makes the index anew from the log, does the rest.
    func closeInOrder(_ writer: Connection) {
        guard vfs == nil else { return writer.close() }
        writer.leaveLog(true)
        writer.close()
        guard unmark(), let last = try? openExisting() else { return }
        last.close()
    }

    /// Ends a change beside a relay, or after one: the log that it has left, or has begun
    /// meanwhile, stays its own.
    func close(_ connection: Connection) {
        connection.leaveLog(isMarked)
        connection.close()
    }
}
