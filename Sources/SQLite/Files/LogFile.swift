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

    /// Which pages of the database stand in the round that the header names.
    package static func pageNumbers(in path: String, pageBytes: Int) -> Set<Int64> {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        guard let salt = eightBytes(descriptor, at: saltInHeader), salt != 0 else { return [] }
        var numbers: Set<Int64> = []
        var frame = bytes(pages: 0, pageBytes: pageBytes)
        while eightBytes(descriptor, at: frame + saltInFrame) == salt,
            let head = eightBytes(descriptor, at: frame)
        {
            numbers.insert(Int64(UInt32(truncatingIfNeeded: head).byteSwapped))
            frame += frameHeaderBytes + Int64(pageBytes)
        }
        return numbers
    }

    private static func eightBytes(_ descriptor: Int32, at offset: Int64) -> UInt64? {
        var value: UInt64 = 0
        let count = unsafe pread(descriptor, &value, 8, off_t(offset))
        return count == 8 ? value : nil
    }
}
