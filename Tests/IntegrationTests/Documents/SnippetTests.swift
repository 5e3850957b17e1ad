import Foundation
import RelayCore
import RelayTesting
import Testing

/// The pieces of JSON, YAML, units and Python that pages show, given to the programs they are for.
struct SnippetTests {
    private static let blocks = MarkdownPage.all.flatMap(\.blocks)

    private static func blocks(_ language: String) -> [MarkdownPage.Block] {
        blocks.filter { $0.language == language }
    }

    @Test func `every block is in a language that some test reads`() {
        // Commands and JSON5 have tests of their own; Swift shows the simulator inside a process,
        // as the tests of PlatformSimulator use it.
        let known: Set = ["", "sh", "json5", "json", "yaml", "ini", "python", "swift"]
        for block in Self.blocks {
            #expect(known.contains(block.language), "\(block): \(block.language)")
        }
    }

    @Test(arguments: blocks("json"))
    func `a piece of JSON is JSON, and a rule of faults one that is taken`(
        block: MarkdownPage.Block
    ) throws {
        let isMember = !block.text.hasPrefix("{")
        let value = try JSONValue.parse(isMember ? "{\(block.text)}" : block.text)
        guard value["action"] != nil else { return }
        let simulator = try SimulatorUnderTest()
        try simulator.fault(value)
    }

    @Test(
        .enabled(if: Promtool.isThere, "promtool (Debian: prometheus) is not installed"),
        arguments: blocks("yaml"))
    func `a scrape configuration is one`(block: MarkdownPage.Block) throws {
        let result = try Promtool.run(
            ["check", "config", "--syntax-only", "/dev/stdin"], input: Array(block.text.utf8))
        #expect(result.code == 0, "\(block): \(result.output)\(result.errors)")
    }

    @Test(arguments: blocks("ini"))
    func `systemd takes a change of a unit`(block: MarkdownPage.Block) throws {
        let folder = try TemporaryFolder()
        // The page says which unit in the command before it.
        let unit = "holdfast.socket"
        for name in ["holdfast.service", unit] {
            try Checkout.text("deploy/\(name)")
                .replacing("/usr/bin/holdfast", with: Program.holdfast)
                .write(toFile: folder.file(name), atomically: true, encoding: .utf8)
        }
        try FileManager.default.createDirectory(
            atPath: folder.file("\(unit).d"), withIntermediateDirectories: true)
        let change = folder.file("\(unit).d/override.conf")
        func problems(_ text: String) throws -> String {
            try text.write(toFile: change, atomically: true, encoding: .utf8)
            return try ChildProcess.run(
                try #require(Program.onPath("systemd-analyze")),
                ["verify", "--man=no", folder.file(unit)]
            ).errors
        }
        #expect(try problems(block.text + "\n") == "", "\(block)")
        #expect(try problems(block.text + "\nListenStrem=1\n") != "", "the change is not read")
    }

    @Test(arguments: blocks("python"))
    func `Adobe's client runs the lines that are shown`(block: MarkdownPage.Block) throws {
        let simulator = try SimulatorUnderTest()
        let text = block.text.replacing("127.0.0.1:8099", with: "127.0.0.1:\(simulator.port)")
        let result = try ChildProcess.run(try AeppEnvironment.python(), ["-B", "-c", text])
        #expect(result.code == 0, "\(block): \(result.errors)")
        let count = try simulator.landed(atLeast: 3).count
        #expect(count == 3)
    }
}
