import Foundation
import RelayTesting
import Testing

/// A reverse proxy of Debian's with one of the example files of `deploy`, changed only where it
/// names ports and folders, in front of a relay.
final class ProxyUnderTest {
    let folder: TemporaryFolder
    private let process: ChildProcess
    private let url: String

    /// The steps that a test takes of its own: the example's text becomes a configuration file.
    init(
        program: String, example: String, relayPort: Int, scheme: String,
        _ adapt: (_ text: String, _ folder: TemporaryFolder, _ port: Int) throws -> String,
        start: (_ configuration: String, _ folder: TemporaryFolder) throws -> [String]
    ) throws {
        folder = try TemporaryFolder()
        let port = try ListeningSocket().port
        let text = try Checkout.text(example)
            .replacing("127.0.0.1:8080", with: "127.0.0.1:\(relayPort)")
        let configuration = folder.file("proxy.conf")
        try adapt(text, folder, port).write(
            toFile: configuration, atomically: true, encoding: .utf8)
        process = try ChildProcess(
            program, try start(configuration, folder), environment: ["HOME": folder.path])
        url = "\(scheme)://127.0.0.1:\(port)"
        try eventually("a proxy that answers: \(process.errors.text)") {
            try ask("/").status == 404
        }
    }

    struct Answer {
        let status: Int
        let text: String
    }

    /// As a sender would, with curl.
    func ask(_ path: String, body: [UInt8]? = nil) throws -> Answer {
        var words = ["-sk", "--max-time", "50", "-w", "\n%{http_code}", url + path]
        if body != nil {
            words += ["-H", "Content-Type: application/json", "--data-binary", "@-"]
        }
        let result = try ChildProcess.run(
            try #require(Program.onPath("curl")), words, input: body ?? [])
        let lines = result.lines
        return Answer(
            status: lines.last.flatMap { Int($0) } ?? 0,
            text: lines.dropLast().joined(separator: "\n"))
    }

    func stop() throws {
        process.signal(15)
        try process.waitUntilExit()
    }

    /// Everything that the proxy wrote anywhere.
    func written() throws -> String {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        let files = names.compactMap {
            try? String(contentsOfFile: folder.file($0), encoding: .utf8)
        }
        return files.joined() + process.output.text + process.errors.text
    }
}
