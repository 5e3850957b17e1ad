import FoundationEssentials
import SQLite

/// SQLite begins without a word where the log is gone, and takes one of another store for its own.
/// So whoever would write to the store looks first at what a relay has left beside it. Without a
/// mark a log may be there or not.
extension StoreFile {
    var markPath: String { path + "-open" }
    /// Where an operator puts the mark who has to go on without the log.
    var lastWordPath: String { path + "-lost" }
    /// Whatever has its name: nobody who writes may pass it by.
    package var isMarked: Bool { vfs == nil && Volume.isThere(markPath) }
    /// What the last relay has said of its store, unless it has stopped in good order.
    var mark: StoreMark? { vfs == nil ? StoreMark(path: markPath) : nil }
    /// By which the account knows what is missing.
    var lastWord: StoreMark? {
        guard vfs == nil else { return nil }
        return isMarked ? mark : StoreMark(path: lastWordPath)
    }
    /// There is a last word, and nobody can read it.
    package var hasUnreadableMark: Bool {
        guard vfs == nil else { return false }
        return lastWord == nil && (isMarked || Volume.isThere(lastWordPath))
    }
    /// What it is called that nobody can read.
    package var unreadablePath: String { isMarked ? markPath : lastWordPath }
    /// An operator has decided to go on without the log, and what it said can be read.
    package var hasGivenUpLog: Bool { vfs == nil && StoreMark(path: lastWordPath) != nil }

    /// The inode of the log's index; 0: there is none.
    var index: Int64 {
        Volume.identity(of: path + "-shm").map { Int64(truncatingIfNeeded: $0.inode) } ?? 0
    }

    /// Before the log goes in good order, and durable before it: the other way round the next start
    /// would miss a log that held nothing any more.
    func unmark() -> Bool {
        guard isMarked else { return true }
        return Volume.remove(markPath) && Volume.synchroniseDirectory(at: directory)
    }

    /// Of a store that was taken away with its log: by it the next start knows what the one in its
    /// place does not have.
    func setMarkAside() throws(StoreError) {
        guard isMarked else { return }
        guard Volume.rename(markPath, over: lastWordPath),
            Volume.synchroniseDirectory(at: directory)
        else {
            throw .cannotPrepare(
                path: path,
                reason: "is made, but \(markPath), of the store before, could not be renamed to "
                    + "\(lastWordPath): do it")
        }
    }

    func requireLog() throws(StoreError) {
        var seen: StoreMark?
        // Beside a relay, which may begin its log or end in good order between two looks.
        repeat {
            guard isMarked, !hasLog else { return }
            seen = mark
            if let seen, isWhole(seen) { return }
        } while mark != seen
        guard isMarked, !hasLog else { return }
        let way =
            "rename \(markPath) to \(lastWordPath) to go on without them: "
            + (seen == nil
                ? "it cannot be read, so that nobody knows how many they are"
                : "the account then names them as missing")
        throw .cannotPrepare(
            path: path,
            reason: "was left by a relay that did not stop in good order, and its log is not "
                + "there, in which events may stand: put \(logPath) back, or " + way)
    }

    /// The last relay did not stop in good order, and its log is gone or empty.
    package var hasLostLog: Bool { isMarked && !hasLog }

    /// A log that is gone may have gone in good order: whichever program closes a database as the
    /// last one moves the log into it and takes it away, and the index with it. Who takes away the
    /// log alone leaves the index that the relay had. (An empty log is what an `erase` beside a
    /// relay leaves, until the relay's next commit.)
    private func isWhole(_ mark: StoreMark) -> Bool {
        if isLogAbsent, index == mark.index { return false }
        do {
            let connection = try Connection(path: path, mode: .unchanging)
            defer { connection.close() }
            return try mark.isHeld(by: connection)
        } catch {
            return false
        }
    }

    /// Then SQLite would make an empty one, and whoever comes next would find that.
    var isLogAbsent: Bool {
        if case .absent = Volume.look(at: logPath) { true } else { false }
    }

    /// Before the first write. Events that are younger than the mark, without that of the mark, are
    /// another store's: the newest is never removed. (Without younger ones the log has lost some.)
    func requireOwnLog(_ connection: Connection) throws {
        // Without a log nothing of two stores can be mixed.
        guard let mark = hasLog ? lastWord : mark,
            let lineages = try? Lineage.readAll(connection), !lineages.isEmpty,
            let isHeld = try? mark.isHeld(by: connection)
        else { return }
        let newest = try connection.scalar("SELECT max(seq) FROM events") ?? 0
        let isOwn =
            lineages.contains { $0.bits == mark.lineage } && (isHeld || newest < mark.newest)
        guard !isOwn else { return }
        // Beside a relay it may have gone on meanwhile.
        if mark != (hasLog ? lastWord : self.mark) { return try requireOwnLog(connection) }
        throw StoreError.cannotPrepare(
            path: path,
            reason: "is not the store on which the last relay ran: the database or its log, "
                + "\(logPath), is of another one. Put both back as they were. Where the log is "
                + "lost, move \(logPath) away and rename \(markPath) to \(lastWordPath): the "
                + "account then names what is missing")
    }

    /// Ends a store in good order: what its log holds is in the database, and the log goes.
    ///
    /// SQLite does this when the last connection closes, by what the log's index says. That is
    /// memory shared through a file, and whatever else has written there may make it say that there
    /// is nothing left to do. So the writer leaves the log, and the next connection, for which
    /// SQLite makes the index anew from the log, does the rest.
    ///
    /// - Returns: false where the log has to stay, and the mark with it: somebody reads what is in
    ///   it, or the disk is full.
    func closeInOrder(_ writer: Connection) -> Bool {
        guard vfs == nil else {
            writer.close()
            return true
        }
        writer.leaveLog(true)
        writer.close()
        do {
            // SQLite would delete the log beside an empty database.
            try requireContent()
            let last = try openExisting(besideWriter: true)
            defer { last.close() }
            last.leaveLog(true)
            guard try last.checkpoint(.passive).isComplete, unmark() else { return false }
            last.leaveLog(false)
            return true
        } catch {
            return false
        }
    }

    /// Ends a change beside a relay, or after one: the log that it has left, or has begun
    /// meanwhile, stays its own.
    func close(_ connection: Connection) {
        connection.leaveLog(isMarked)
        connection.close()
    }
}
