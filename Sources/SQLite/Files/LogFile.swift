import Glibc

/// A write-ahead log as it lies on the disk (https://www.sqlite.org/fileformat2.html#walformat).
package enum LogFile {
    private static let headerBytes: Int64 = 32
    private static let frameHeaderBytes: Int64 = 24
    /// Where the eight bytes stand that are the same in the header and in each frame of a round.
    private static let saltInHeader: Int64 = 16
    private static let saltInFrame: Int64 = 8

    /// Length of a log with that many pages.
    package static func bytes(pages: Int, pageBytes: Int) -> Int64 {
        headerBytes + Int64(pages) * (frameHeaderBytes + Int64(pageBytes))
    }

    /// Whether the first `pages` frames are all of the round that the header names; a log that was
    /// cut and written on has zeros in between.
    package static func isWhole(_ path: String, pages: Int, pageBytes: Int) -> Bool {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard let salt = eightBytes(descriptor, at: saltInHeader), salt != 0 else { return false }
        return (0..<pages).allSatisfy { page in
            eightBytes(descriptor, at: bytes(pages: page, pageBytes: pageBytes) + saltInFrame)
                == salt
        }
    }

    /// Nil: the log has no round.
    static func salt(_ descriptor: Int32) -> UInt64? {
        let salt = eightBytes(descriptor, at: saltInHeader)
        return salt == 0 ? nil : salt
    }

    /// Page and salt of a frame; nil behind the last one.
    static func frame(
        _ descriptor: Int32, _ number: Int, pageBytes: Int
    ) -> (page: Int64, salt: UInt64)? {
        var head: (page: UInt32, size: UInt32, salt: UInt64) = (0, 0, 0)
        let offset = off_t(bytes(pages: number, pageBytes: pageBytes))
        guard unsafe pread(descriptor, &head, 16, offset) == 16 else { return nil }
        return (Int64(UInt32(bigEndian: head.page)), head.salt)
    }

    private static func eightBytes(_ descriptor: Int32, at offset: Int64) -> UInt64? {
        var value: UInt64 = 0
        let count = unsafe pread(descriptor, &value, 8, off_t(offset))
        return count == 8 ? value : nil
    }
}
