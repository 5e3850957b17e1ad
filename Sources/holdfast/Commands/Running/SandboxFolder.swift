import Foundation
import RelayCore
import Signing

/// What the sandbox keeps: its token, the configuration it runs on, and the store.
struct SandboxFolder {
    let path: String
    let token: String

    var configurationPath: String { path + "/holdfast.json5" }
    private var tokenPath: String { path + "/token" }

    /// Makes the folder and its token, or finds them as they were.
    init(_ folder: String, clock: any Clock) throws {
        path = URL(fileURLWithPath: folder).standardizedFileURL.path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o750])
        } catch {
            throw CommandFailure("\(path): the folder cannot be made; give --data DIR")
        }
        let kept = (try? String(contentsOfFile: path + "/token", encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        if let kept, kept.utf8.count >= 16 {
            token = kept
            return
        }
        token = Base64.encode(SecureRandom.bytes(count: 24), alphabet: .urlSafe, padded: false)
        guard
            FileManager.default.createFile(
                atPath: path + "/token", contents: Data((token + "\n").utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure("\(path)/token: cannot be written; give --data DIR") }
    }

    /// A configuration like any other, so that every command can be tried with it.
    func writeConfiguration(port: Int, inletURL: String, flowID: String) throws {
        func quoted(_ text: String) -> String { JSONValue.string(text).description }
        let text = """
            // Written by 'holdfast sandbox' at each start. Copy it to make your own.
            {
              dataDirectory: \(quoted(path)),
              intake: { listen: "127.0.0.1:\(port)" },
              storage: { reserveBytes: 67108864 },
              sources: {
                chatlio: { kind: "chatlio", tokens: [\(quoted("file:" + tokenPath))],
                           destination: "platform" },
              },
              destinations: {
                platform: { kind: "platform", inletURL: \(quoted(inletURL)),
                            flowId: \(quoted(flowID)), stamp: true },
              },
            }

            """
        do {
            try text.write(toFile: configurationPath, atomically: true, encoding: .utf8)
        } catch {
            throw CommandFailure("\(configurationPath): cannot be written; give --data DIR")
        }
    }
}
