import Glibc

/// Which pages of the database stand in a write-ahead log, in the round that its header names. Each
/// look reads only what has come since the one before.
package struct LogPages {
    package private(set) var numbers: Set<Int64> = []
    private let pageBytes: Int
    private var salt: UInt64 = 0
    private var frames = 0

    package init(pageBytes: Int) { self.pageBytes = pageBytes }

    package mutating func read(_ path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return forget() }
        defer { close(descriptor) }
        guard let salt = LogFile.salt(descriptor) else { return forget() }
        if salt != self.salt { forget() }
        self.salt = salt
        while let frame = LogFile.frame(descriptor, frames, pageBytes: pageBytes),
            frame.salt == salt
        {
            numbers.insert(frame.page)
            frames += 1
        }
    }

    private mutating func forget() {
        numbers.removeAll()
        frames = 0
        salt = 0
    }
}
