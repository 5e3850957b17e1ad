import Foundation
import RelayCore
import RelayTesting
import Testing

/// A store that has lost its database, in part or as a whole, before a start.
struct EmptiedStoreTests {
    private let platform: SimulatorUnderTest
    private let relay: RelayUnderTest
    private var database: String { relay.dataDirectory + "/holdfast.db" }
    private var log: String { database + "-wal" }

    init() throws {
        platform = try SimulatorUnderTest()
        relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try platform.fault(["action": ["status": 503]])
    }

    private func fill(killing: Bool) throws {
        try relay.start()
        for number in 0..<20 { #expect(try relay.post(Samples.body(number)).status == 200) }
        if killing { try relay.kill() } else { try relay.stop() }
    }

    private func expectRefused(_ words: String) throws {
        let log = FileManager.default.contents(atPath: log)
        for command in [
            ["serve"], ["list"], ["audit"], ["status"], ["verify"], ["migrate"],
            ["discard", "--all", "--yes"], ["hold", "platform"],
        ] {
            let result = try relay.run(command + ["--config", relay.configurationPath])
            #expect(result.code == 1, "\(command): \(result.output)")
            #expect(result.errors.contains(words), "\(command): \(result.errors)")
        }
        #expect(FileManager.default.contents(atPath: self.log) == log)
    }

    @Test(arguments: [false, true])
    func `an emptied database does not start as a new one`(killed: Bool) throws {
        try fill(killing: killed)
        #expect(FileManager.default.fileExists(atPath: log) == killed)
        let kept = try Data(contentsOf: URL(fileURLWithPath: database))
        try Data().write(to: URL(fileURLWithPath: database))
        try expectRefused("the database is damaged")
        try kept.write(to: URL(fileURLWithPath: database))
        #expect(try relay.list("--state", "queued").count == 20)
    }

    @Test func `a database behind a symbolic link does not start without its log`() throws {
        try fill(killing: true)
        let elsewhere = relay.folder.file("elsewhere.db")
        try FileManager.default.moveItem(atPath: database, toPath: elsewhere)
        try FileManager.default.createSymbolicLink(
            atPath: database, withDestinationPath: elsewhere)
        try expectRefused("is a symbolic link")
        try FileManager.default.removeItem(atPath: database)
        try FileManager.default.moveItem(atPath: elsewhere, toPath: database)
        #expect(try relay.list("--state", "queued").count == 20)
    }

    /// The making of a store, call by call: who is killed at the entry of the `nth` one on that
    /// file leaves these.
    @Test(
        .enabled(if: Requirements.canTrace, "strace is missing or not allowed: not run here"),
        arguments: Moment.all)
    func `a first start that is killed at any moment needs no repair`(moment: Moment) throws {
        let strace = try #require(Program.onPath("strace"))
        // -D: the relay stays our own child. -P knows files by their path alone.
        try relay.launch(
            before: [
                strace, "-D", "-f", "-o", "/dev/null", "-P", database + moment.file,
                "-e", "trace=\(moment.call)",
                "-e", "inject=\(moment.call):signal=SIGKILL:when=\(moment.nth)",
            ])
        #expect(try relay.process?.waitUntilExit() == .signal(SIGKILL))
        #expect(try left() == moment.left)
        // Under its name there is a whole store or none.
        let isMade = moment.left.contains("")
        #expect(try relay.ask("verify").code == (isMade ? 0 : 1))
        try relay.start()
        try finish(relay) {
            #expect(try left().contains(""))
            #expect(try !left().contains { $0.hasPrefix(".partial") })
            let status = try relay.post(Samples.body(1)).status
            #expect(status == 200)
            #expect(try relay.list("--state", "queued").count == 1)
            #expect(try relay.ask("verify").code == 0)
        }
    }

    /// What there is of the database, without its name.
    private func left() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: relay.dataDirectory)
            .filter { $0.hasPrefix("holdfast.db") }.map { String($0.dropFirst(11)) }.sorted()
    }

    struct Moment: Sendable, CustomTestStringConvertible {
        let what: String
        let file: String
        let call: String
        let nth: Int
        let left: [String]

        var testDescription: String { what }

        static let all = [
            Moment(
                what: "nothing is there", file: ".partial", call: "openat", nth: 1, left: []),
            Moment(
                what: "its first page has not been written", file: ".partial", call: "pwrite64",
                nth: 1, left: [".partial", ".partial-journal"]),
            Moment(
                what: "its first page is not synced", file: ".partial", call: "fdatasync", nth: 1,
                left: [".partial", ".partial-journal"]),
            Moment(
                what: "it becomes one with a log", file: ".partial", call: "pwrite64", nth: 2,
                left: [".partial", ".partial-journal"]),
            Moment(
                what: "it has no log yet", file: ".partial-wal", call: "openat", nth: 1,
                left: [".partial"]),
            Moment(
                what: "the schema is half in the log", file: ".partial-wal", call: "pwrite64",
                nth: 30, left: [".partial", ".partial-shm", ".partial-wal"]),
            Moment(
                what: "the schema is not synced", file: ".partial-wal", call: "fdatasync", nth: 2,
                left: [".partial", ".partial-shm", ".partial-wal"]),
            Moment(
                what: "the schema is half in the database", file: ".partial", call: "pwrite64",
                nth: 12, left: [".partial", ".partial-shm", ".partial-wal"]),
            Moment(
                what: "the log is not emptied", file: ".partial-wal", call: "ftruncate", nth: 1,
                left: [".partial", ".partial-shm", ".partial-wal"]),
            Moment(
                what: "it has not got its name", file: ".partial", call: "/^rename", nth: 1,
                left: [".partial"]),
            Moment(what: "it has its name", file: "", call: "openat", nth: 1, left: [""]),
            Moment(
                what: "its own log is not synced", file: "-wal", call: "fdatasync", nth: 1,
                left: ["", "-shm", "-wal"]),
        ]
    }
}
