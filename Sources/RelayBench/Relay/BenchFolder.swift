import Foundation
import RelayCore
import Synchronization

/// The throw-away folder: configuration, store, log of the relay.
struct BenchFolder {
    let path: String

    var dataPath: String { path + "/data" }
    var databasePath: String { dataPath + "/holdfast.db" }
    var writeAheadLogPath: String { databasePath + "-wal" }
    var logPath: String { path + "/serve.log" }

    init(in directory: String) throws(BenchFailure) {
        let place = URL(fileURLWithPath: directory).standardizedFileURL.path
        path = place + "/holdfast-bench-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/data", withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o750])
        } catch {
            throw BenchFailure("\(path): the folder cannot be made; give --data DIR")
        }
        LiveThings.shared.add(folder: path)
    }

    /// - Returns: its path.
    func writeConfiguration(
        port: Int, _ destinations: [DestinationRecipe]
    ) throws(BenchFailure) -> String {
        let sources: [(String, JSONValue)] = destinations.indices.map { index in
            (
                "source\(index + 1)",
                [
                    "kind": "chatlio", "tokens": ["benchmark-token-of-a-throw-away-relay"],
                    "destination": .string("destination\(index + 1)"),
                ]
            )
        }
        let receivers = destinations.enumerated().map { index, recipe in
            ("destination\(index + 1)", recipe.settings)
        }
        let configuration: JSONValue = [
            "dataDirectory": .string(dataPath),
            "intake": ["listen": .string("127.0.0.1:\(port)")],
            "storage": ["reserveBytes": .number(JSONNumber(64 * 1_048_576))],
            "sources": BenchFolder.object(sources),
            "destinations": BenchFolder.object(receivers),
        ]
        let file = path + "/holdfast.json5"
        let contents = Data(configuration.serialized())
        guard FileManager.default.createFile(atPath: file, contents: contents)
        else { throw BenchFailure("\(file): cannot be written") }
        return file
    }

    func bytes(of file: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// Of the disk it lies on.
    var freeBytes: Int64? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
        LiveThings.shared.remove(folder: path)
    }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        var object = JSONObject()
        for (key, value) in members { object[key] = value }
        return .object(object)
    }
}
