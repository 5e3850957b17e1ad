package import SQLite

/// Why the store cannot do its job. Every sentence says what, where and what to do next.
package enum StoreError: Error, Sendable, CustomStringConvertible {
    /// Another process owns the store.
    case owned(directory: String, by: String)
    case cannotPrepare(path: String, reason: String)
    /// An operator command found no database.
    case missing(path: String)
    /// The file was written by another version, or its migrations were edited.
    case schema(MigrationError)
    case database(path: String, SQLiteError)
    /// The same of a write that failed, when not even a note of it could be left for the next
    /// start (see `StoreFile+Failure`).
    case unnoted(path: String, SQLiteError)

    package var description: String {
        switch self {
        case .owned(let directory, let holder):
            "\(directory) is in use by \(holder); stop that relay first, or give this one "
                + "a dataDirectory of its own"
        case .cannotPrepare(let path, let reason):
            "\(path): \(reason)"
        case .missing(let path):
            "\(path): no database here; name it with --db FILE or --config FILE, "
                + "or set HOLDFAST_DB"
        case .schema(let error): "\(error)"
        case .database(let path, let error): "\(path): " + StoreError.told(error)
        case .unnoted(let path, let error):
            "\(path): \(StoreError.told(error)); \(StoreError.noNote)"
        }
    }

    private static func told(_ error: SQLiteError) -> String {
        advice(for: error).map { "\($0) (\(error))" } ?? "\(error)"
    }

    /// There is no space, and it may help to make some.
    package var isFull: Bool {
        if case .database(_, let error) = self { error.isFull } else { false }
    }

    static func sentence(for number: Int32) -> String? {
        switch number {
        case SystemErrorNumber.readOnlyFileSystem:
            "the file system can only be read; mount it for writing"
        case SystemErrorNumber.noSpace, SystemErrorNumber.quotaReached:
            "the disk is full and has no room for the name of a file; free some space"
        case SystemErrorNumber.tooManyFiles:
            "this process may not open any more files; raise its limit of open files "
                + "('ulimit -n', LimitNOFILE= of a unit)"
        case SystemErrorNumber.tooManyFilesInSystem:
            "the system has no more open files to give; close some, or raise fs.file-max"
        default: nil
        }
    }

    /// What an operator can do about it; nil where only the words of SQLite say more.
    static func advice(for error: SQLiteError) -> String? {
        if error.isOutOfDescriptors { return sentence(for: error.systemErrorNumber) }
        if error.isNotADatabase {
            return noStore
                + ", or the database is damaged: see 'holdfast verify' and 'holdfast restore'"
        }
        if error.isCorrupt { return damaged }
        if error.isReadOnlyVolume {
            return "can only be read, which is too little to change it or to read beside a log; "
                + "run this as the user that the relay runs as, and mount the file system for "
                + "writing"
        }
        if error.isCantOpen {
            return "cannot be opened; check the path, that this user may read and write there, "
                + "and that no log (-wal) lies beside it on a volume for reading only"
        }
        if error.isFull { return "the disk is full; make room and do it again" }
        if error.isBusy { return "another process kept it locked; try again in a moment" }
        return nil
    }

    private static let damaged =
        "the database is damaged: stop the relay, keep the files, see what 'holdfast verify' "
        + "says, and replace them by a good backup with 'holdfast restore'"
    static let noStoreBesideLog =
        noStore + ", or the database is damaged and events stand in its log: keep both files and "
        + "see 'holdfast restore'"
    /// What follows when the note of a failed write could not be left.
    static let noNote =
        "no note of it could be left beside the database, and the system may remember what is not "
        + "on the disk: restart the machine before the next start, or, as root, "
        + "'echo 1 > /proc/sys/vm/drop_caches'"
    static let noStore = "is no Holdfast database; name holdfast.db or a backup of it"
}
