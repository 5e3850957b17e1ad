import Foundation

/// Moves the wall clock of a relay under test. The relay is started with `words` in front.
package final class WallClockShift {
    private let path: String

    package init(in folder: TemporaryFolder, ms: Int64 = 0) throws {
        path = folder.file("clock")
        try Data(count: 8).write(to: URL(fileURLWithPath: path))
        try set(ms: ms)
    }

    package var words: [String] {
        ["/usr/bin/env", "LD_PRELOAD=\(Program.wallClock)", "HOLDFAST_TEST_CLOCK=\(path)"]
    }

    /// From now on the clock is so far ahead of the real one.
    package func set(ms: Int64) throws {
        // Written in place: the relay has this very file in its memory.
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw NeverHappened("the clock's file")
        }
        try handle.write(
            contentsOf: unsafe withUnsafeBytes(of: ms.littleEndian) { unsafe Data($0) })
        try handle.close()
    }
}
