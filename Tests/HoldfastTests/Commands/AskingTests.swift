import RelayCore
import RelayRuntime
import RelayStore
import Testing

@testable import holdfast

struct AskingTests {
    private func filled() throws -> (store: SampleStore, dead: EventID, queued: EventID) {
        let store = try SampleStore()
        let delivered = try store.accept("{}", hook: "transcript")
        try store.finish(delivered, .delivered, status: 200, tracer: "t-1")
        let dead = try store.accept(#"{"n":1}"#, headers: "Content-Type: application/json\n")
        try store.finish(
            dead, .dead(.rejected), status: 400, errorClass: .rejected,
            message: "bad \u{1B}[2J words")
        let queued = try store.accept(#"{"n":2}"#, destination: "copy")
        return (store, dead.id, queued.id)
    }

    @Test func `list shows a line per delivery and no escape sequence from the store`() throws {
        let (store, dead, queued) = try filled()
        let run = CommandRun(["list", "--db", store.file.path], clock: store.clock)
        #expect(run.code == .done)
        #expect(run.messages.isEmpty)
        #expect(run.lines.count == 4)
        #expect(run.lines[0].hasPrefix("ID "))
        #expect(run.lines[1].hasPrefix(queued.description))
        #expect(run.lines[2].hasPrefix(dead.description))
        #expect(run.lines[2].contains(#"400 rejected: bad \u{1b}[2J words"#))
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test(arguments: [80, 200])
    func `list fits the screen`(columns: Int) throws {
        let (store, _, _) = try filled()
        let run = CommandRun(
            ["list", "--db", store.file.path], columns: columns, clock: store.clock)
        #expect(run.lines.allSatisfy { DisplayText.width(String($0)) <= columns })
        #expect(run.output.contains("words") == (columns == 200))
    }

    @Test func `list in JSON has the contract's names`() throws {
        let (store, _, _) = try filled()
        let run = CommandRun(
            ["list", "--json", "--state", "dead", "--db", store.file.path], clock: store.clock)
        #expect(run.lines.count == 1)
        #expect(
            run.json()?.object?.keys == [
                "id", "source", "hook", "destination", "state", "attempts", "receivedAt",
                "finishedAt", "bytes", "lastStatus", "lastError", "errorClass",
            ])
        #expect(run.json()?["receivedAt"] == "2026-05-28T20:26:42.000Z")
    }

    @Test func `a limit holds, and ids come from standard input`() throws {
        let (store, dead, queued) = try filled()
        let limited = CommandRun(["list", "--db", store.file.path, "--limit", "2"])
        #expect(limited.lines.count == 3)
        let input = "\(dead) 5m dead\n{\"id\":\"\(queued)\"}\n"
        let named = CommandRun(
            ["list", "--json", "--db", store.file.path, "--id", "-"], input: input)
        #expect(named.lines.count == 2)
    }

    @Test func `nothing matched is exit code 3 and says so`() throws {
        let (store, _, _) = try filled()
        let run = CommandRun(["list", "--db", store.file.path, "--state", "expired"])
        #expect(run.code == .nothingMatched)
        #expect(run.output.isEmpty)
        #expect(run.messages == "nothing matched\n")
    }

    @Test func `an unknown name in a filter is exit code 2 with the nearest known one`() throws {
        let (store, _, _) = try filled()
        let run = CommandRun(["list", "--db", store.file.path, "--destination", "platfrom"])
        #expect(run.code == .usage)
        #expect(run.messages.contains(#"did you mean "platform"?"#))
    }

    @Test func `the store comes from a flag, a configuration or the environment`() throws {
        let (store, _, _) = try filled()
        let configuration = "{ dataDirectory: '\(store.folder)', /* more */ }"
        #expect(
            CommandRun(["list"], variables: ["HOLDFAST_DB": store.file.path]).code == .done)
        #expect(
            CommandRun(["list", "--config", "c"], files: ["c": configuration]).code == .done)
        #expect(CommandRun(["list"]).code == .usage)
        #expect(CommandRun(["list", "--config", "c"]).code == .usage)
        #expect(CommandRun(["list", "--config", "c", "--db", "d"]).code == .usage)
        let missing = CommandRun(["list", "--db", store.folder + "/none.db"])
        #expect(missing.code == .failed)
        #expect(missing.messages.contains("no database here"))
    }

    @Test func `show has the receipt, the attempts and no body`() throws {
        let (store, dead, _) = try filled()
        let run = CommandRun(["show", "\(dead)", "--db", store.file.path], clock: store.clock)
        #expect(run.code == .done)
        #expect(run.output.contains("chatlio/feedback"))
        #expect(run.output.contains("192.0.2.7"))
        #expect(run.output.contains("Content-Type: application/json"))
        #expect(run.output.contains("12 ms"))
        #expect(!run.output.contains(#"{"n":1}"#))
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test func `a piped body is byte for byte`() throws {
        let (store, dead, _) = try filled()
        let run = CommandRun(["show", "\(dead)", "--body", "--db", store.file.path])
        #expect(run.output == #"{"n":1}"#)
        let json = CommandRun(["show", "\(dead)", "--body", "--json", "--db", store.file.path])
        #expect(json.json()?["body"]?["n"] == 1)
        #expect(json.json()?["history"]?[0]?["errorClass"] == "rejected")
    }

    @Test func `show refuses what is no id and does not find what is not there`() throws {
        let (store, dead, _) = try filled()
        #expect(CommandRun(["show", "x", "--db", store.file.path]).code == .usage)
        let other = EventID(sequence: dead.sequence + 1, lineage: dead.lineage)
        #expect(
            CommandRun(["show", "\(other)", "--db", store.file.path]).code == .nothingMatched)
    }

    @Test func `status is one screen, and one object`() throws {
        let (store, _, _) = try filled()
        let run = CommandRun(
            ["status", "--db", store.file.path], columns: 80, clock: store.clock)
        #expect(run.lines.allSatisfy { DisplayText.width(String($0)) <= 80 })
        #expect(run.output.contains("oldest waiting 0s"))
        #expect(run.output.contains("platform"))
        let json = CommandRun(["status", "--json", "--db", store.file.path], clock: store.clock)
        #expect(json.lines.count == 1)
        #expect(json.json()?["counts"]?["dead"] == 1)
        #expect(json.json()?["counts"]?["delivered"] == 1)
        #expect(json.json()?["oldestQueuedSeconds"] == 0)
        #expect(json.json()?["destinations"]?[1]?["name"] == "copy")
    }

    @Test func `a reader who left ends the command quietly, a full disk does not`() throws {
        let (store, _, _) = try filled()
        let words = ["list", "--db", store.file.path]
        let gone = CommandRun(words, outputResult: .readerGone)
        #expect(gone.code == .done)
        #expect(gone.messages.isEmpty)
        let full = CommandRun(words, outputResult: .failed(systemError: 28))
        #expect(full.code == .failed)
        #expect(full.messages.contains("standard output cannot be written"))
    }
}
