import CSQLite
import Glibc

/// What SQLite said at the failing call: codes, its own words, the SQL text. Bound values are never
/// part of it, because they may be payloads or secrets.
package struct SQLiteError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The operating system's errno behind a failed open or transfer; 0 when there is none.
    package let systemErrorNumber: Int32
    package let extendedCode: Int32
    package let message: String
    package let sql: String?

    /// The primary code: the low byte of the extended one.
    package var code: Int32 { extendedCode & 0xff }

    package init(
        extendedCode: Int32, message: String, sql: String?, systemErrorNumber: Int32 = 0
    ) {
        self.extendedCode = extendedCode
        self.message = message
        self.sql = sql
        self.systemErrorNumber = systemErrorNumber
    }

    /// Must be called before anything else happens on the connection: the text is the last one.
    init(_ code: Int32, on database: OpaquePointer?, sql: String?) {
        let message = unsafe String(cString: sqlite3_errmsg(database))
        let primary = code & 0xff
        let hasErrno = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN
        var number = hasErrno ? unsafe sqlite3_system_errno(database) : 0
        if number == 0, code == SQLiteError.writeFailed {
            number = unsafe holdfast_sqlite_log_errno(database)
        }
        self.init(extendedCode: code, message: message, sql: sql, systemErrorNumber: number)
    }

    package var isBusy: Bool { code == SQLITE_BUSY }
    /// No space: on the disk, in a quota or under a limit of a file's size. A failed sync is never
    /// one of these, whatever its reason.
    package var isFull: Bool {
        if code == SQLITE_FULL { return true }
        switch extendedCode {
        case SQLiteError.writeFailed: return SQLiteError.noSpace.contains(systemErrorNumber)
        // The index of the log is extended by writing; a sick disk fails elsewhere, too.
        case SQLiteError.indexNotExtended: return systemErrorNumber != EIO
        default: return false
        }
    }
    /// The file system is mounted for reading only, or became so.
    package var isReadOnlyVolume: Bool { isReadOnly || systemErrorNumber == EROFS }

    /// Neither the file nor the disk is to blame: no descriptor was to be had.
    package var isOutOfDescriptors: Bool { [EMFILE, ENFILE].contains(systemErrorNumber) }

    private static let noSpace: Set<Int32> = [ENOSPC, EDQUOT, EFBIG]
    /// `SQLITE_IOERR_WRITE` and `SQLITE_IOERR_SHMSIZE`, which are macros that Swift does not see.
    private static let writeFailed = SQLITE_IOERR | 3 << 8
    private static let indexNotExtended = SQLITE_IOERR | 19 << 8
    package var isIOFailure: Bool { code == SQLITE_IOERR }
    package var isCorrupt: Bool { code == SQLITE_CORRUPT }
    package var isConstraint: Bool { code == SQLITE_CONSTRAINT }
    package var isReadOnly: Bool { code == SQLITE_READONLY }
    package var isCantOpen: Bool { code == SQLITE_CANTOPEN }
    package var isNotADatabase: Bool { code == SQLITE_NOTADB }
    package var isInterrupt: Bool { code == SQLITE_INTERRUPT }

    package var description: String {
        var text = "SQLite error \(extendedCode): \(message)"
        if systemErrorNumber != 0 { text += " (errno \(systemErrorNumber))" }
        if let sql { text += ", in: \(Self.shortened(sql))" }
        return text
    }

    /// One line of at most 200 characters: a log line, not a listing.
    private static func shortened(_ sql: String) -> String {
        let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 200 ? line : line.prefix(200) + "…"
    }
}
