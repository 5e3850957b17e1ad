import SQLite

/// The files of a store as they were when it was opened. A promise about a file that nobody can
/// open any more is none: when a path names another file, or none, the relay stops.
struct StoreFiles {
    /// What has become of them.
    enum Finding: Equatable {
        case allThere
        /// Only the log has lost its name: what is in it can still go into the database.
        case logGone(String)
        case gone(String)
    }

    private let database: String
    private let log: String
    private let known: [(path: String, identity: FileIdentity)]

    /// Files that are not there now, as those of a file system of the tests', are not watched.
    init(_ file: StoreFile) {
        database = file.path
        log = file.logPath
        let paths = [file.path, file.logPath, file.path + "-shm", file.lockPath]
        known = paths.compactMap { path in Volume.identity(of: path).map { (path, $0) } }
    }

    var finding: Finding {
        var isLogGone = false
        for (path, identity) in known {
            let found = Volume.identity(of: path)
            if let found, found.isSameFile(as: identity) { continue }
            guard path == log, found == nil else {
                return .gone("\(path) was \(found == nil ? "moved or deleted" : "replaced")")
            }
            isLogGone = true
        }
        return isLogGone ? .logGone("\(log) was moved or deleted") : .allThere
    }
}
