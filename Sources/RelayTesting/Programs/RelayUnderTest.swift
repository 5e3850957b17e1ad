import Foundation
import Glibc
package import RelayCore
import RelayStore

/// The built `holdfast` with a folder, a configuration and a process, used as an operator and a
/// sender would use it.
package final class RelayUnderTest {
    package let folder: TemporaryFolder
    package let dataDirectory: String
    package var settings: RelaySettings
    package private(set) var process: ChildProcess?
    /// Nil before the start, and when the relay listens on something else than TCP.
    package private(set) var port: Int?
    /// What must never be shown.
    package var secrets = [RelaySettings.token, RelaySettings.otherToken]
    private var transcript: [(source: String, text: String)] = []

    package init(
        _ settings: RelaySettings, folder: TemporaryFolder? = nil, dataDirectory: String? = nil
    ) throws {
        self.folder = try folder ?? TemporaryFolder()
        self.settings = settings
        self.dataDirectory = dataDirectory ?? self.folder.file("data")
        try writeConfiguration()
    }

    package var configurationPath: String { folder.file("holdfast.json5") }

    package func writeConfiguration(_ text: String? = nil) throws {
        let text = text ?? settings.text(dataDirectory: dataDirectory)
        try text.write(toFile: configurationPath, atomically: true, encoding: .utf8)
    }

    /// Starts `serve` and waits until it listens. `before` is put in front of the command, as
    /// `strace` and its options are.
    package func start(
        before: [String] = [], program: String = Program.holdfast, socket: Int32? = nil,
        environment: [String: String] = [:]
    ) throws {
        try launch(before: before, program: program, socket: socket, environment: environment)
        try waitUntilListening()
    }

    /// Starts `serve` and does not wait.
    package func launch(
        before: [String] = [], program: String = Program.holdfast, socket: Int32? = nil,
        environment: [String: String] = [:]
    ) throws {
        var words = before + [program, "serve", "--config", configurationPath]
        var environment = environment
        if before.first?.hasSuffix("/strace") == true {
            // Only one can trace a process, and the leak check would at its end.
            let options = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] ?? ""
            environment["ASAN_OPTIONS"] = options + ":detect_leaks=0"
        }
        if socket != nil {
            // As systemd does it: the number of the process is known only when it runs.
            words = ["/bin/sh", "-c", "LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" \"$@\""] + words
        }
        process = try ChildProcess(
            words[0], Array(words.dropFirst()), environment: environment, socket: socket)
    }

    /// What the process has open.
    package func openFiles() throws -> [String] {
        guard let process else { return [] }
        let folder = "/proc/\(process.identifier)/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
        }
    }

    /// For a relay whose log is not to be seen.
    package func waitUntilListening(at port: Int) throws {
        self.port = port
        try eventually("a relay at port \(port)") { (try? connect()) != nil }
    }

    /// Reads the port from the log.
    package func waitUntilListening() throws {
        guard let process else { return }
        let line = try process.errors.line(containing: "\"message\":\"listening\"")
        let address = try JSONValue.parse(Array(line.utf8))["address"]?.string
        port = address.flatMap { $0.hasPrefix("port ") ? Int($0.dropFirst(5)) : nil }
    }

    /// SIGTERM, and the wait for the end.
    @discardableResult
    package func stop() throws -> ExitStatus {
        try end(with: SIGTERM)
    }

    /// SIGKILL: the process has no say in it.
    package func kill() throws { try end(with: SIGKILL) }

    @discardableResult
    private func end(with signal: Int32) throws -> ExitStatus {
        guard let process else { return .code(0) }
        process.signal(signal)
        let status = try process.waitUntilExit()
        keepTranscript()
        return status
    }

    private func keepTranscript() {
        guard let process else { return }
        transcript.append(("serve, standard output", process.output.text))
        transcript.append(("serve, standard error", process.errors.text))
    }

    /// SIGHUP, and the wait for what the relay says about it.
    package func reload(expecting message: String) throws {
        guard let process else { return }
        let seen = process.errors.lines.count
        process.signal(SIGHUP)
        try process.errors.line(from: seen, containing: "\"message\":\"\(message)\"")
    }

    /// A command of the operator, without any addition.
    @discardableResult
    package func run(
        _ words: [String], input: [UInt8] = [], environment: [String: String] = [:],
        mayShowSecrets: Bool = false
    ) throws -> CommandResult {
        let result = try ChildProcess.run(
            Program.holdfast, words, environment: environment, input: input)
        if !mayShowSecrets {
            let name = words.joined(separator: " ")
            transcript.append((name, result.output))
            transcript.append((name, result.errors))
        }
        return result
    }

    /// A command on this relay's store.
    package func ask(_ words: String...) throws -> CommandResult {
        try run(words + ["--config", configurationPath])
    }

    /// `list --json` with filters.
    package func list(_ filters: String...) throws -> [JSONValue] {
        try run(["list", "--json", "--all"] + filters + ["--config", configurationPath]).json()
    }

    /// Waits until `list` shows so many deliveries in a state.
    @discardableResult
    package func list(state: String, count: Int) throws -> [JSONValue] {
        var rows: [JSONValue] = []
        try eventually("\(count) deliveries \(state)") {
            rows = try list("--state", state)
            return rows.count == count
        }
        return rows
    }

    package func connect() throws -> RawClient {
        guard let port else { throw NeverHappened("a port to connect to") }
        return try RawClient(.ipv4(port: port))
    }

    /// The account as the tables have it.
    package func account() throws -> Account { try Account(StoreFile(directory: dataDirectory)) }

    package static func path(
        _ hook: String, token: String = RelaySettings.token, source: String = "chatlio"
    ) -> String {
        "/hooks/\(source)/\(hook)/\(token)"
    }

    /// Posts as Chatlio does, on a connection of its own.
    package func post(
        _ body: String, hook: String = "unanswered", token: String = RelaySettings.token
    ) throws -> RawResponse {
        let client = try connect()
        client.post(RelayUnderTest.path(hook, token: token), Array(body.utf8))
        guard let response = client.response() else { throw NeverHappened("an answer to a post") }
        return response
    }

    /// Every place where a secret stands that should not.
    package var leaks: [String] {
        var said = transcript
        if let process, process.isRunning {
            said.append(("serve, standard output", process.output.text))
            said.append(("serve, standard error", process.errors.text))
        }
        return said.filter { entry in secrets.contains { entry.text.contains($0) } }
            .map { "\($0.source): \($0.text)" }
    }

    /// What the relay said so far, for whoever has to find out why a test failed.
    package var log: String { process?.errors.text ?? "" }
}
