import Foundation
import RelayCore
import RelayTesting
import Testing

/// What Litestream does to a database, as its source (0.3, `db.go`) shows it: two tables of its
/// own, a reader that is held open, checkpoints of its own. Litestream itself is not run.
private final class LitestreamStandIn {
    private static let script = """
        import sqlite3, sys
        def connect():
            return sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
        writer, reader = connect(), connect()
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute(
            "CREATE TABLE IF NOT EXISTS _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")
        writer.execute("CREATE TABLE IF NOT EXISTS _litestream_lock (id INTEGER)")
        def read():
            writer.execute("INSERT INTO _litestream_seq (id, seq) VALUES (1, 1)"
                           " ON CONFLICT (id) DO UPDATE SET seq = seq + 1")
            reader.execute("BEGIN")
            reader.execute("SELECT count(1) FROM _litestream_seq").fetchone()
        read()
        print("reading", flush=True)
        for line in sys.stdin:
            words = line.split()
            if words[0] == "checkpoint":
                reader.execute("ROLLBACK")
                print("moved", writer.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()[0],
                      flush=True)
                read()
            if words[0] == "copy":
                target = sqlite3.connect(words[1])
                writer.backup(target)
                target.close()
                print("copied", flush=True)
        """
    private let process: ChildProcess

    init(_ path: String) throws {
        process = try ChildProcess(
            try #require(Program.onPath("python3")), ["-c", LitestreamStandIn.script, path],
            keepsInput: true)
        try process.output.line(containing: "reading")
    }

    func checkpoint() throws {
        let seen = process.output.lines.count
        process.write(Array("checkpoint\n".utf8))
        let line = try process.output.line(from: seen, containing: "moved")
        #expect(line == "moved 0", "0: the log was its own")
    }

    func copy(to path: String) throws {
        process.write(Array("copy \(path)\n".utf8))
        try process.output.line(containing: "copied")
    }

    func stop() throws {
        process.closeInput()
        try process.waitUntilExit()
    }
}

/// docs/litestream.md, as far as it can be tried.
struct LitestreamTests {
    @Test func `beside a reader that is held open events are taken, and the copy is a store`()
        throws
    {
        try withRelay { relay, _ in
            #expect(try relay.post(Samples.body(0)).status == 200)
            let other = try LitestreamStandIn(relay.dataDirectory + "/holdfast.db")
            for number in 1..<10 {
                #expect(try relay.post(Samples.body(number)).status == 200)
                if number.isMultiple(of: 3) { try other.checkpoint() }
            }
            let rows = try relay.list(state: "delivered", count: 10)
            let copy = relay.folder.file("copy.db")
            try other.copy(to: copy)
            #expect(try relay.run(["verify", copy]).output.hasSuffix("sound\n"))
            let restored = relay.folder.file("restored/holdfast.db")
            try FileManager.default.createDirectory(
                atPath: relay.folder.file("restored"), withIntermediateDirectories: false)
            #expect(try relay.run(["restore", copy, "--db", restored]).code == 0)
            #expect(try relay.run(["audit", "--db", restored]).code == 0)
            let found = try relay.run(["list", "--all", "--json", "--db", restored]).json()
            #expect(Set(found.map { $0["id"] }) == Set(rows.map { $0["id"] }))
            try other.stop()
        }
    }

    @Test func `an erasure says that it is not complete while the reader is open`() throws {
        try withRelay { relay, _ in
            #expect(try relay.post(#"{"email":"ana@example.org"}"#).status == 200)
            try relay.list(state: "delivered", count: 1)
            let other = try LitestreamStandIn(relay.dataDirectory + "/holdfast.db")
            let words = ["erase", "--match", "/email=ana@example.org", "--yes"]
            let beside = try relay.run(words + ["--config", relay.configurationPath])
            #expect(beside.code == 1)
            try other.stop()
            let database = try Data(
                contentsOf: URL(fileURLWithPath: relay.dataDirectory + "/holdfast.db-wal"))
            #expect(database.range(of: Data("ana@example.org".utf8)) != nil)
        }
    }
}
