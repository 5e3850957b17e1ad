import Foundation
import RelayCore
import RelayTesting
import Testing

struct SandboxTests {
    @Test func `the sandbox shows URLs and commands that work, and keeps them`() throws {
        let folder = try TemporaryFolder()
        let data = folder.file("trial")
        let words = ["sandbox", "--data", data, "--port", "0"]
        let process = try ChildProcess(Program.holdfast, words)
        try process.output.wait(for: "Ctrl-C stops it")
        let urls = process.output.lines.filter { $0.hasPrefix("  http://") }
        #expect(urls.count == 5)
        let curl = try #require(process.output.lines.first { $0.hasPrefix("  curl ") })
        let sent = try ChildProcess.run("/bin/sh", ["-c", curl + " -sS"])
        #expect(sent.code == 0)
        let id = try #require(try sent.json().first?["id"]?.string)
        let database = data + "/holdfast.db"
        let list = try #require(process.output.lines.first { $0.contains(" list --db ") })
        try eventually("the sample delivered") {
            let shown = try ChildProcess.run("/bin/sh", ["-c", list + " --json"])
            return try shown.json().first { $0["id"]?.string == id }?["state"] == "delivered"
        }
        let status = try #require(process.output.lines.first { $0.contains(" status --db ") })
        #expect(try ChildProcess.run("/bin/sh", ["-c", status]).code == 0)
        let show = try ChildProcess.run(
            Program.holdfast, ["show", id, "--body", "--db", database])
        #expect(show.output.contains("ana@example.org"))
        process.signal(2)
        #expect(try process.waitUntilExit() == .code(0))

        let again = try ChildProcess(Program.holdfast, words)
        try again.output.wait(for: "Ctrl-C stops it")
        let tokens = { (lines: [String]) in
            Set(lines.compactMap { $0.split(separator: "/").last.map { String($0) } })
        }
        #expect(
            tokens(again.output.lines.filter { $0.hasPrefix("  http://") }) == tokens(urls))
        again.signal(15)
        #expect(try again.waitUntilExit() == .code(0))
        #expect(!again.errors.text.contains(tokens(urls).first ?? "no token"))
    }

    @Test func `the sandbox says what is wrong with its options`() throws {
        let result = try ChildProcess.run(Program.holdfast, ["sandbox", "--port", "99999"])
        #expect(result.code == 2 && result.errors.contains("99999"))
        let folder = try TemporaryFolder()
        let file = folder.file("file")
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        let blocked = try ChildProcess.run(Program.holdfast, ["sandbox", "--data", file])
        #expect(blocked.code == 1 && blocked.errors.contains(file))
    }
}
