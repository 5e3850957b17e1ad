import SQLite

/// The files of a store as they were when it was opened. A promise about a file that nobody can
/// open any more, or that has lost its end, is none: when a path names another file, or none, or
/// the file is shorter than it must be, the relay stops.
// On the writer's queue.
final class StoreFiles {
    /// What has become of them.
    enum Finding: Equatable {
        case allThere
        /// Only the log has lost its name: what is in it can still go into the database.
        case logGone(String)
        case gone(String)
        /// Shorter than it was left, which is in order when others have changed the store since.
        case cutShort(String)
    }

    private let database: String
    private let log: String
    private let known: [(path: String, identity: FileIdentity)]
    /// Of the database, whatever tool made it: a restored one may have other pages than ours.
    private let pageBytes: Int
    private var logPages = 0
    private var inLog: LogPages
    /// What nobody takes away from the database's file in good order; nil: to be measured.
    ///
    /// A checkpoint, of any connection of any process, compares the log with the commit it began
    /// with and then cuts the file to the pages of that commit. In between it can be held up for
    /// any time, while the database grows by later commits, whose pages may stay in the log. So
    /// this is never more than the pages of any commit since the moment at which it was last
    /// raised, and at that moment no checkpoint was under way: those that come later begin with
    /// these commits. A commit lowers it (`noteDatabase`); only `measure` raises it. What others
    /// commit (pruning, `erase`, VACUUM) shows in the data version, and then it is not known.
    private var databaseBytes: Int64?
    /// Of the last commit that was looked at.
    private var pagesBytes: Int64?
    /// The connection's data version when these were true.
    private(set) var version: UInt32 = 0
    /// False on a file system that does not take blocks byte for byte, as one that compresses.
    private var blocksTell = true

    /// Files that are not there now, as those of a file system of the tests', are not watched.
    init(_ file: StoreFile, pageBytes: Int) {
        self.pageBytes = pageBytes
        inLog = LogPages(pageBytes: pageBytes)
        database = file.path
        log = file.logPath
        let paths = [file.path, file.logPath, file.path + "-shm", file.lockPath]
        known = paths.compactMap { path in Volume.identity(of: path).map { (path, $0) } }
    }

    /// A commit of the writer has left a log of so many pages.
    func noteCommit(logPages pages: Int, version: UInt32) {
        // Each commit counts one: where there was more, others have changed the store.
        if version != self.version &+ 1 { databaseBytes = nil }
        logPages = pages
        self.version = version
    }

    /// Others have changed the store.
    func forgetSizes() {
        logPages = 0
        databaseBytes = nil
        pagesBytes = nil
    }

    var isWatching: Bool { !known.isEmpty }
    var isUnmeasured: Bool { isWatching && databaseBytes == nil }

    /// The database has so many pages, as the last commit left it.
    func noteDatabase(pages: Int64, version: UInt32) {
        if version != self.version { forgetSizes() }
        self.version = version
        let pagesBytes = pages * Int64(pageBytes)
        if let known = databaseBytes { databaseBytes = min(known, pagesBytes) }
        self.pagesBytes = pagesBytes
    }

    /// Called after `noteDatabase`, and while no checkpoint is under way. The file may have fewer
    /// pages than the database, which are still in the log, or more, which the next checkpoint
    /// takes away.
    func measure(freePages: Int64) {
        // One that is shorter now is for the next look to find.
        guard let pagesBytes, let found = Volume.identity(of: database),
            found.bytes >= databaseBytes ?? 0
        else { return }
        let isCut = databaseBytes == nil && lacksPages(found.bytes, of: pagesBytes, freePages)
        databaseBytes = isCut ? pagesBytes : min(found.bytes, pagesBytes)
    }

    /// Whether what stands behind the end of the file stands in the log neither. Of a page that
    /// was free before it was ever used SQLite writes nothing anywhere, nor of the one at 1 GiB
    /// that it locks.
    private func lacksPages(_ bytes: Int64, of allBytes: Int64, _ freePages: Int64) -> Bool {
        let (there, all) = (bytes / Int64(pageBytes), allBytes / Int64(pageBytes))
        let allowed = freePages + 1
        guard all - there > allowed else { return false }
        inLog.read(log)
        let inLog = inLog.numbers.count { there < $0 && $0 <= all }
        return all - there - Int64(inLog) > allowed
    }

    var finding: Finding {
        var result = Finding.allThere
        for (path, identity) in known {
            let found = Volume.identity(of: path)
            guard let found, found.isSameFile(as: identity) else {
                guard path == log, found == nil else {
                    return .gone("\(path) was \(found == nil ? "moved or deleted" : "replaced")")
                }
                result = .logGone("\(log) was moved or deleted")
                continue
            }
            if isCutShort(path, found) { result = .cutShort("\(path) was cut short") }
        }
        return result
    }

    private func isCutShort(_ path: String, _ found: FileIdentity) -> Bool {
        if path == database { return found.bytes < databaseBytes ?? 0 }
        guard path == log, logPages > 0 else { return false }
        let least = LogFile.bytes(pages: logPages, pageBytes: pageBytes)
        if found.bytes < least { return true }
        // A log that was cut and then written on is as long as it should be, with a hole.
        guard blocksTell, found.allocatedBytes < least else { return false }
        blocksTell = !LogFile.isWhole(log, pages: logPages, pageBytes: pageBytes)
        return blocksTell
    }
}
