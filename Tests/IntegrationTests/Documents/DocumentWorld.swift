import Foundation
import Glibc
import RelayCore
import RelayTesting

/// The machine that the documents speak of, in a folder of its own: a sandbox that has seen a few
/// events, a relay in `prod`, programs where the pages call them, and the files they name.
final class DocumentWorld {
    private let folder: TemporaryFolder
    private let sandbox: ChildProcess
    private let sender: DocumentSender
    /// Of pages that have a relay of their own.
    private let simulator: SimulatorUnderTest?
    private let prod: ChildProcess?
    private let prodPort: Int
    private let adminPort: Int
    /// Pages that begin with a sandbox as it is after the first event.
    private static let freshPages = ["README.md", "docs/platform-simulator.md"]
    private let isFilled: Bool
    /// Ids that the page shows, and those that were given out in their place.
    private var ids: [String: String] = [:]
    private let sampleID: String
    /// Lines of the page that set something for those behind them.
    private var settings: [String] = []

    init(_ page: MarkdownPage) throws {
        folder = try TemporaryFolder()
        let files = DocumentFiles(folder: folder, page: page)
        try files.layPrograms()
        let port = try ListeningSocket.freePort()
        prodPort = try ListeningSocket.freePort()
        adminPort = try ListeningSocket.freePort()
        sandbox = try Self.start("holdfast sandbox --port \(port)", in: folder)
        try sandbox.output.wait(for: "Ctrl-C stops it")
        let url = try sandbox.output.line(containing: "/hooks/chatlio/unanswered/")
        let simulatorURL = try sandbox.output.line(containing: "What Platform received: ")
        let sender = DocumentSender(
            folder: folder, port: port, simulatorPort: Self.port(in: simulatorURL),
            token: url.components(separatedBy: "/").last ?? "")
        self.sender = sender
        let isFilled = !Self.freshPages.contains(page.path)
        self.isFilled = isFilled
        sampleID = try sender.deliver()
        if isFilled { try sender.fill() }
        simulator = files.needProd ? try SimulatorUnderTest(requiresAuthentication: true) : nil
        if let simulator {
            try files.writeProd(platform: simulator.port, port: prodPort, admin: adminPort)
            prod = try Self.start("holdfast serve --config prod/holdfast.json5", in: folder)
            try prod?.errors.wait(for: "\"message\":\"listening\"")
        } else {
            prod = nil
        }
    }

    /// A command as a page shows it, run here.
    func run(_ command: DocumentCommand) throws -> DocumentResult {
        for happening in Happening.all where command.line.hasPrefix(happening.before) {
            try happening.run(self)
        }
        if !isFilled { try sender.settle() }
        let line = translated(command.line)
        if command.line.hasPrefix("platform-simulator") { return try startAndStop(line) }
        let script = (["cd '\(folder.path)'"] + settings + [line]).joined(separator: "\n")
        let result =
            try Self.asks(command)
            ? answer(script)
            : ChildProcess.run(
                "/bin/sh", ["-c", script], environment: Self.environment(folder))
        keep(line)
        learn(from: result, shown: command.output)
        return DocumentResult(
            code: result.code,
            said: "\(result.output)\n\(result.errors)".replacing("\u{1B}[K", with: ""))
    }

    /// Runs until it is stopped: in good order, once it has begun.
    private func startAndStop(_ line: String) throws -> DocumentResult {
        let process = try Self.start(
            line + (line.contains("--port") ? "" : " --port 0"), in: folder)
        try process.output.wait(for: "Stops on Ctrl-C")
        process.signal(SIGTERM)
        let status = try process.waitUntilExit()
        return DocumentResult(code: status == .code(0) ? 0 : nil, said: process.output.text)
    }

    /// Commands that ask do so on a terminal only; here `y` is typed.
    private func answer(_ script: String) throws -> CommandResult {
        let name = folder.file("asking.sh")
        try "stty cols 200 -echo\n\(script)\n".write(
            toFile: name, atomically: true, encoding: .utf8)
        return try ChildProcess.run(
            "/bin/sh", ["-c", "script -qec '/bin/sh \(name)' /dev/null"],
            environment: Self.environment(folder), input: Array("y\n".utf8))
    }

    private static func asks(_ command: DocumentCommand) -> Bool {
        let words = command.line.split(separator: " ")
        return !["replay", "discard", "erase"].allSatisfy { !words.contains($0) }
            && ["--yes", "--dry-run", "--list", "--show"].allSatisfy { !words.contains($0) }
    }

    private func keep(_ line: String) {
        let name = line.prefix { $0.isLetter || $0 == "_" }
        let sets = line.hasPrefix("export ") || line.dropFirst(name.count).hasPrefix("=")
        // A secret that is new each time is none that the relay in `prod` knows.
        if sets, !line.contains("$(") { settings.append(line) }
    }

    private func learn(from result: CommandResult, shown: [String]) {
        let given = shown.compactMap { Self.id(in: $0) }
        let real = result.lines.compactMap { Self.id(in: $0) }
        for (shown, here) in zip(given, real) { ids[shown] = here }
    }

    private static func id(in line: String) -> String? {
        guard line.hasPrefix("{"), let value = try? JSONValue.parse(line) else { return nil }
        return value["id"]?.string
    }

    private func translated(_ line: String) -> String {
        let places = [
            "{PROD}": prodPort, "{SIMULATOR}": sender.simulatorPort, "{ADMIN}": adminPort,
        ]
        let replaced = Substitution.all.reduce(line) { $0.replacing($1.shown, with: $1.here) }
        let placed = places.reduce(replaced) { $0.replacing($1.key, with: "\($1.value)") }
        let url = "http://127.0.0.1:\(sender.port)/hooks/chatlio/unanswered/\(sender.token)"
        return placed.split(separator: " ", omittingEmptySubsequences: false).map { word in
            if word == "URL" { return url }
            return EventID(word) == nil ? String(word) : ids[String(word)] ?? sampleID
        }.joined(separator: " ")
    }

    private static func start(_ line: String, in folder: TemporaryFolder) throws -> ChildProcess {
        try ChildProcess(
            "/bin/sh", ["-c", "cd '\(folder.path)' && exec \(line)"],
            environment: environment(folder))
    }

    private static func environment(_ folder: TemporaryFolder) -> [String: String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return [
            "PATH": "\(folder.path)/.build/release:\(path)", "HOLDFAST_DB": "sandbox/holdfast.db",
            "CHATLIO_TOKEN": DocumentFiles.token, "PLATFORM_CLIENT_ID": "sandbox-client",
            "PLATFORM_CLIENT_SECRET": "sandbox-secret", "NO_COLOR": "1", "TERM": "xterm",
            "HOLDFAST_ADMIN_TOKEN": DocumentFiles.token,
            // Whoever reads a page sees a refusal; here it is the exit code.
            "CURL_HOME": folder.path,
        ]
    }

    private static func port(in url: String) -> Int {
        let place = url.components(separatedBy: "127.0.0.1:").last ?? ""
        return Int(place.prefix { $0.isNumber }) ?? 0
    }
}

extension DocumentWorld {
    /// What the text of a page says between two commands, or what time brings.
    struct Happening: Sendable, CustomStringConvertible {
        let before: String
        let run: @Sendable (DocumentWorld) throws -> Void

        var description: String { before }

        static let all: [Happening] = [
            Happening(before: "mv prod/data ") { try $0.stop($0.prod) },
            Happening(before: "mv /var/lib/holdfast ") { try $0.stop($0.sandbox) },
            Happening(before: "cat mend.json") { try $0.sender.rejectAgain() },
        ]
    }

    private func stop(_ relay: ChildProcess?) throws {
        relay?.signal(SIGTERM)
        try relay?.waitUntilExit()
    }
}
