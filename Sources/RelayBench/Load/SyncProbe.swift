import CLoad
import Foundation

/// What one append and sync of 4 KiB costs on this disk: no answer can be faster.
enum SyncProbe {
    static func measure(in folder: BenchFolder) throws(BenchFailure) -> Spread {
        let path = folder.path + "/probe"
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw BenchFailure("\(path): cannot be written") }
        defer { try? file.close() }
        return Spread(cload_sync_probe(file.fileDescriptor, 1000))
    }
}
