import Foundation
import RelayStore

/// Looks for erased text in the files of the store, byte by byte, whatever the tables say.
enum ResidueSearch {
    private static let chunkBytes = 1_048_576

    /// - Returns: pieces of the files in which it was found.
    static func count(
        _ text: ErasedText, in file: StoreFile, _ context: CommandContext
    ) throws -> Int {
        let look = LookLine(context)
        var found = 0
        for path in [file.path, file.path + "-wal"] {
            guard let handle = FileHandle(forReadingAtPath: path) else { continue }
            defer { try? handle.close() }
            var tail: [UInt8] = []
            var readBytes = 0
            while let chunk = try handle.read(upToCount: chunkBytes), !chunk.isEmpty {
                let piece = tail + Array(chunk)
                if text.stands(in: piece) { found += 1 }
                // What begins at the end of one piece ends in the next, and is counted there.
                tail = Array(piece.suffix(max(0, text.longest - 1)))
                readBytes += chunk.count
                look.show("searching the file: \(Words.bytes(readBytes))")
            }
        }
        look.end()
        return found
    }
}
