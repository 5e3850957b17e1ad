import Foundation

/// `Corpus/<target>/…`, one input a file, and the seeds that stand with the targets.
enum Corpus {
    struct Input {
        let name: String
        let bytes: [UInt8]
    }

    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus")

    static func folders() throws -> [String] {
        try names(in: folder).filter { !$0.hasSuffix(".dict") }
    }

    static func inputs(of target: FuzzTarget) throws -> [Input] {
        let place = folder.appending(path: target.name)
        let kept = try names(in: place).map { name in
            Input(name: name, bytes: Array(try Data(contentsOf: place.appending(path: name))))
        }
        return kept + target.seeds.map { Input(name: "seed", bytes: Array($0.utf8)) }
    }

    private static func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
}
