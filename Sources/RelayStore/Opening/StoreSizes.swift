import SQLite

/// What the store takes of the disk and what the disk has left, bytes.
package struct StoreSizes: Sendable {
    package let database: Int64
    /// The write-ahead log's file. It is used again from its front and stays as long as it was, up
    /// to `Limits.logBytesHard`.
    package let log: Int64
    /// Nil when the file system will not say.
    package let free: Int64?
}

extension StoreFile {
    package var sizes: StoreSizes {
        StoreSizes(
            database: Volume.identity(of: path)?.bytes ?? 0,
            log: Volume.identity(of: logPath)?.bytes ?? 0,
            free: Volume.freeBytes(at: directory))
    }
}
