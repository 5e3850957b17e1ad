import SQLite

/// A store that is read as it lies, without its log, because nobody writes to it. A relay or a
/// command may begin to while the reading goes on, and then what was read is of no one moment.
struct Rest {
    private let file: StoreFile
    private let mark: StoreMark?
    private let database: FileIdentity?

    /// Before the connection is opened.
    init(_ file: StoreFile) {
        self.file = file
        mark = file.mark
        database = Volume.identity(of: file.path)
    }

    /// After the reading, and before anybody sees what was read or that it made no sense.
    func require(_ connection: Connection) throws(StoreError) {
        guard connection.isUnchanging, isDisturbed else { return }
        throw .cannotPrepare(
            path: file.path, reason: "somebody has begun to write to it meanwhile; try again")
    }

    private var isDisturbed: Bool {
        file.hasLog || file.mark != mark || Volume.identity(of: file.path) != database
    }
}
