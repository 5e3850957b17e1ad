import Foundation
import RelayCore
import RelayTesting
import Testing

/// Bytes of the database that are not what they were.
struct DamagedStoreTests {
    private let platform: SimulatorUnderTest
    private let relay: RelayUnderTest
    private var database: String { relay.dataDirectory + "/holdfast.db" }

    init() throws {
        platform = try SimulatorUnderTest()
        relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
    }

    /// A store with waiting events in its database and nothing in its log.
    private func fill() throws -> Data {
        try platform.fault(["action": ["status": 503]])
        try relay.start()
        let padding = String(repeating: "x", count: 3000)
        for number in 0..<100 {
            #expect(try relay.post(#"{"n":\#(number),"p":"\#(padding)"}"#).status == 200)
        }
        try relay.stop()
        return try #require(FileManager.default.contents(atPath: database))
    }

    private func expectAdvice(_ text: String) {
        #expect(text.contains("the database is damaged"), "\(text)")
        #expect(text.contains("holdfast restore"), "\(text)")
    }

    @Test func `a database cut short does not start and says what to do`() throws {
        let bytes = try fill()
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: database))
        let result = try relay.ask("serve")
        #expect(result.code == 1)
        expectAdvice(result.errors)
        for command in ["list", "audit", "status"] {
            let asked = try relay.ask(command)
            #expect(asked.code == 1)
            expectAdvice(asked.errors)
        }
        #expect(try relay.ask("verify").code == 1)
    }

    @Test func `a database of other bytes does not start and says what to do`() throws {
        _ = try fill()
        try Data("no database at all, but a letter".utf8).write(to: URL(fileURLWithPath: database))
        let result = try relay.ask("serve")
        #expect(result.code == 1)
        expectAdvice(result.errors)
    }

    @Test func `damaged pages end the relay as soon as they are met`() throws {
        var bytes = try fill()
        // Every page but the first two: whatever is read next is nonsense.
        for index in stride(from: 2 * 4096, to: bytes.count, by: 4096) {
            for place in 0..<64 where index + place < bytes.count { bytes[index + place] ^= 0xA5 }
        }
        try bytes.write(to: URL(fileURLWithPath: database))
        try platform.heal()
        let result = try relay.ask("serve")
        #expect(result.code == 1)
        expectAdvice(result.errors)
    }

    @Test func `one damaged page of what waits ends the relay and verify finds it`() throws {
        var bytes = try fill()
        let needle = Data(#"{"n":50,"#.utf8)
        let place = try #require(bytes.range(of: needle)?.lowerBound)
        let page = place / 4096 * 4096
        for index in page..<(page + 16) { bytes[index] ^= 0xFF }
        try bytes.write(to: URL(fileURLWithPath: database))
        #expect(try relay.ask("verify").code == 1)
        try platform.heal()
        let result = try relay.ask("serve")
        #expect(result.code == 1)
        expectAdvice(result.errors)
    }

    @Test func `a database from the future is refused by relay and commands alike`() throws {
        _ = try fill()
        let script =
            "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); "
            + "t=[r for (r,) in c.execute(\"select name from sqlite_schema where name like "
            + "'%migration%' and type='table'\")][0]; "
            + "cols=[r[1] for r in c.execute('pragma table_info('+t+')')]; "
            + "row=list(c.execute('select * from '+t).fetchone()); row[0]=9999; "
            + "c.execute('insert into '+t+' values('+','.join('?'*len(cols))+')',row); c.commit()"
        let python = try #require(Program.onPath("python3"))
        let planted = try ChildProcess.run(python, ["-c", script, database])
        #expect(planted.code == 0, "\(planted.errors)")
        for command in ["serve", "list", "audit", "status", "verify"] {
            let result = try relay.ask(command)
            #expect(result.code == 1, "\(command): \(result.output)")
            #expect(
                (result.errors + result.output).contains("9999"), "\(command): \(result.errors)")
        }
        let replayed = try relay.ask("replay", "--all", "--yes")
        #expect(replayed.code == 1)
    }
}
