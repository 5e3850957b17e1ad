import SQLite

/// A store that is read as it lies, without its log, because nobody writes to it. A relay may begin
/// to while the reading goes on, and then what was read is of no one moment.
struct Rest {
    private let file: StoreFile
    private let mark: StoreMark?

    /// Before the connection is opened.
    init(_ file: StoreFile) {
        self.file = file
        mark = file.mark
    }

    /// After the reading, and before anybody sees what was read.
    func require(_ connection: Connection) throws(StoreError) {
        guard connection.isUnchanging, file.hasLog || file.mark != mark else { return }
        throw .cannotPrepare(
            path: file.path, reason: "somebody has begun to write to it meanwhile; try again")
    }
}
