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

    @Test func `a first start that is killed at any moment needs no repair`() throws {
        for _ in 0..<8 {
            try relay.launch()
            let process = try #require(relay.process)
            // The earlier rounds made nothing, a piece, or all of it.
            let names = { try FileManager.default.contentsOfDirectory(atPath: relay.dataDirectory) }
            try eventually("a first file") { (try? names())?.isEmpty == false }
            process.signal(SIGKILL)
            _ = try process.waitUntilExit()
        }
        try relay.start()
        try finish(relay) {
            let status = try relay.post(Samples.body(1)).status
            #expect(status == 200)
        }
    }
}
