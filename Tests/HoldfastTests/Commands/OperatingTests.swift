import RelayCore
import RelayStore
import SQLite
import Testing

@testable import holdfast

struct OperatingTests {
    @Test func `a held destination shows everywhere until it is released`() throws {
        let store = try SampleStore()
        _ = try store.accept("{}")
        let db = store.file.path
        let held = CommandRun(
            ["hold", "platform", "--db", db, "--for", "5m", "--reason", "mapping"],
            clock: store.clock)
        #expect(held.code == .done)
        #expect(held.output.isEmpty)
        let status = CommandRun(["status", "--db", db], clock: store.clock)
        #expect(status.output.contains("held, resumes in 5m (mapping)"))
        #expect(
            CommandRun(["list", "--state", "held", "--db", db], clock: store.clock).code == .done)
        #expect(
            CommandRun(["release", "platform", "--db", db], clock: store.clock).messages
                == "platform is released\n")
        #expect(
            CommandRun(["release", "platform", "--db", db], clock: store.clock).messages
                .contains("was not held"))
        #expect(
            CommandRun(["list", "--state", "held", "--db", db], clock: store.clock).code
                == .nothingMatched)
    }

    @Test func `a hold ends by itself`() throws {
        let store = try SampleStore()
        _ = try store.accept("{}")
        let db = store.file.path
        _ = CommandRun(["hold", "platform", "--db", db, "--for", "5m"], clock: store.clock)
        store.pass(ms: 300_001)
        let status = CommandRun(["status", "--json", "--db", db], clock: store.clock)
        #expect(status.json()?["counts"]?["held"] == 0)
    }

    @Test func `holding a destination nobody knows is wrong usage`() throws {
        let store = try SampleStore()
        _ = try store.accept("{}")
        let run = CommandRun(["hold", "platfrom", "--db", store.file.path])
        #expect(run.code == .usage)
        #expect(run.messages.contains("did you mean \"platform\"?"))
        #expect(CommandRun(["hold", "platform", "--for", "0s", "--db", "x"]).code == .usage)
        let long = CommandRun(["hold", "platform", "--for", "36501d", "--db", store.file.path])
        #expect(long.code == .usage && long.messages.contains("longer than 36500d"))
        let longest = CommandRun(["hold", "platform", "--for", "36500d", "--db", store.file.path])
        #expect(longest.code == .done && longest.messages.contains("until 21"))
    }

    @Test(arguments: [
        ("destination", ["copy", "platform"]), ("hook", ["chatlio/feedback"]),
        ("error", ["untried", "timeout"]),
    ])
    func `the shape of the queue has the worst row first`(key: String, rows: [String]) throws {
        let store = try SampleStore()
        _ = try store.accept("{}", destination: "copy")
        store.pass(ms: 3_000_000)
        try store.finish(
            try store.accept("{}"), .retry(at: store.clock.now.adding(ms: 1000)), status: nil,
            errorClass: .timeout)
        _ = try store.accept("{}")
        let run = CommandRun(
            ["shape", "--json", "--by", key, "--db", store.file.path], clock: store.clock)
        #expect(run.lines.indices.map { run.json($0)?[key]?.string } == rows)
        #expect(
            run.lines.indices.compactMap { run.json($0)?["total"]?.int64 }.reduce(0, +) == 3)
        #expect(run.json()?["ages"]?["1h"] == 1)
        let table = CommandRun(
            ["shape", "--by", key, "--db", store.file.path], columns: 80, clock: store.clock)
        #expect(table.lines.allSatisfy { $0.count <= 80 })
    }

    @Test func `a store at this schema has nothing to migrate`() throws {
        let store = try SampleStore()
        let run = CommandRun(["migrate", "--dry-run", "--db", store.file.path])
        #expect(run.code == .done)
        #expect(run.messages == "nothing is pending\n")
    }

    @Test func `an old store is migrated, and says so before and after`() throws {
        let store = try SampleStore()
        try store.ledger.connection.execute("DELETE FROM schema_migrations")
        let run = CommandRun(["migrate", "--dry-run", "--db", store.file.path])
        #expect(run.output == "pending: 0001_initial\n")
        #expect(CommandRun(["list", "--db", store.file.path]).code == .failed)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a completion names every command`(shell: String) {
        let run = CommandRun(["completion", shell])
        #expect(run.code == .done)
        for command in CommandTable.descriptions {
            #expect(run.output.contains(command.name))
            for option in command.options { #expect(run.output.contains(option.name)) }
        }
        #expect(CommandRun(["completion", "tcsh"]).code == .usage)
    }

    @Test func `a store cannot make a shell run what its names say`() throws {
        let store = try SampleStore()
        _ = try store.ledger.number(of: "$(touch stolen)", kind: .source)
        _ = try store.ledger.number(of: "sound-name", kind: .source)
        let run = CommandRun(["completion", "names", "source", "--db", store.file.path])
        #expect(run.output.contains("sound-name\n"))
        #expect(!run.output.contains("$"))
    }
}
