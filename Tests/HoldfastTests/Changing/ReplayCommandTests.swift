import RelayCore
import RelayStore
import SQLite
import Synchronization
import Testing

@testable import holdfast

struct ReplayCommandTests {
    private static let patch = #"[{"op":"add","path":"/mended","value":true}]"#

    private func run(
        _ store: SampleStore, _ words: [String], files: [String: String] = [:],
        input: String = "", answer: String? = nil, seat: OperatorSeat = OperatorSeat()
    ) -> CommandRun {
        CommandRun(
            ["replay"] + words + ["--db", store.file.path], files: files, input: input,
            clock: store.clock, answer: answer, seat: seat)
    }

    private func dead(_ store: SampleStore, _ count: Int) throws -> [EventID] {
        try (0..<count).map { number in
            let claim = try store.accept(#"{"n":\#(number)}"#)
            try store.finish(
                claim, .dead(.rejected), status: 400, errorClass: .rejected, message: "no")
            return claim.id
        }
    }

    private func waiting(_ store: SampleStore) throws -> Int64 {
        try store.ledger.connection.scalar("SELECT count(*) FROM deliveries") ?? 0
    }

    @Test func `without a filter, a person or a dead letter nothing moves`() throws {
        let store = try SampleStore()
        #expect(run(store, ["--state", "dead", "--yes"]).code == .nothingMatched)
        _ = try dead(store, 2)
        let bare = run(store, ["--yes"])
        #expect(bare.code == .usage)
        #expect(bare.messages.contains("write --all"))
        let nobody = run(store, ["--all"])
        #expect(nobody.code == .usage)
        #expect(nobody.messages.contains("add --yes"))
        #expect(run(store, ["--state", "queued", "--yes"]).code == .usage)
        #expect(run(store, ["--all", "--rate", "0", "--yes"]).code == .usage)
        let no = run(store, ["--all"], answer: "n")
        #expect(no.code == .failed)
        #expect(no.messages.contains("nothing was changed"))
        #expect(try waiting(store) == 0)
    }

    @Test func `a person sees a sample, says yes, and finds it written down`() throws {
        let store = try SampleStore()
        let ids = try dead(store, 7)
        let yes = run(store, ["--error", "rejected"], answer: "yes")
        #expect(yes.code == .done)
        #expect(yes.messages.contains("7 deliveries (7 dead) to platform"))
        #expect(yes.messages.contains(ids[6].description))
        #expect(yes.messages.contains("... and 2 more"))
        #expect(yes.output.isEmpty)
        #expect(try waiting(store) == 7)
        let list = run(store, ["--list", "--json"])
        #expect(list.json()?["operator"] == "ana@host")
        #expect(list.json()?["asked"] == "--error rejected")
        #expect(list.json()?["moved"] == 7)
        #expect(list.json()?["outcome"]?["queued"] == 7)
        #expect(run(store, ["--show", "1"]).output.contains("7 of 7"))
        #expect(run(store, ["--show", "2"]).code == .nothingMatched)
        #expect(run(store, ["--list"]).output.contains("ana@host"))
        #expect(run(store, ["--error", "rejected", "--yes"]).code == .nothingMatched)
    }

    @Test func `ids come from another program`() throws {
        let store = try SampleStore()
        let ids = try dead(store, 3)
        let lines = CommandRun(
            ["list", "--state", "dead", "--limit", "2", "--json", "--db", store.file.path],
            clock: store.clock
        ).output
        #expect(run(store, ["--id", "-", "--yes"], input: lines).code == .done)
        #expect(try waiting(store) == 2)
        #expect(
            run(store, ["--id", "-", "--yes"], input: "\(ids[0])\n").code == .done)
        #expect(run(store, ["--id", "-", "--yes"], input: "").code == .nothingMatched)
        let rubbish = run(store, ["--id", "-", "--yes"], input: "\(ids[0])\n\nwhat is this")
        #expect(rubbish.code == .usage)
        #expect(rubbish.messages.contains("standard input, line 3: \"what\" is no event id"))
    }

    @Test func `a dry run shows what would be sent and changes nothing`() throws {
        let store = try SampleStore()
        let ids = try dead(store, 2)
        let files = ["mend.json": Self.patch]
        let dry = run(store, ["--all", "--dry-run", "--patch", "mend.json"], files: files)
        #expect(dry.code == .done)
        #expect(dry.output.contains("what is sent for \(ids[1]), patched:"))
        #expect(dry.output.contains("\"mended\": true"))
        let json = run(
            store, ["--all", "--dry-run", "--json", "--patch", "mend.json"], files: files)
        #expect(json.lines.count == 2)
        #expect(json.json()?["body"]?["mended"] == true)
        #expect(try waiting(store) == 0)
        #expect(run(store, ["--list"]).code == .nothingMatched)
    }

    @Test(arguments: [
        ("none.json", "cannot be read"), ("broken.json", "not JSON"),
        ("object.json", "a patch is a list"),
    ])
    func `a patch that is none is refused before anything is looked at`(
        name: String, words: String
    ) throws {
        let store = try SampleStore()
        _ = try dead(store, 1)
        let files = ["broken.json": "[", "object.json": "{}"]
        let refused = run(store, ["--all", "--yes", "--patch", name], files: files)
        #expect(refused.code == .usage)
        #expect(refused.messages.contains(words))
        #expect(try waiting(store) == 0)
    }

    @Test func `bodies the patch does not fit are left alone and named`() throws {
        let store = try SampleStore()
        _ = try dead(store, 2)
        let files = ["mend.json": #"[{"op":"test","path":"/n","value":1}]"#]
        let half = run(store, ["--all", "--yes", "--patch", "mend.json"], files: files)
        #expect(half.code == .failed)
        #expect(half.messages.contains("does not fit 1 body"))
        #expect(half.messages.contains("1 delivery left alone because the patch does not fit"))
        #expect(try waiting(store) == 1)
    }

    @Test func `after Ctrl-C the rest is untouched and the same command goes on`() throws {
        let store = try SampleStore()
        for number in 0..<12 {
            let claim = try store.accept(#"{"n":\#(number)}"#)
            try store.finish(claim, .delivered, status: 200)
        }
        let looks = Mutex(0)
        var seat = OperatorSeat()
        seat.watchForInterrupt = {
            {
                looks.withLock {
                    $0 += 1
                    return $0 > 9
                }
            }
        }
        let words = ["--state", "delivered", "--rate", "10", "--yes"]
        let first = run(store, words, seat: seat)
        #expect(first.code == .failed)
        #expect(first.messages.contains("untouched; the same command goes on"))
        let moved = try waiting(store)
        #expect(0 < moved && moved < 12)
        // The relay delivers them meanwhile: they must not be sent once more.
        let reader = try ClaimReader(file: store.file)
        let claims = try reader.claimDue(
            .tried(
                destination: try store.ledger.number(of: "platform", kind: .destination),
                after: (0, 0), now: store.clock.now, count: 100, bytes: .max))
        reader.close()
        for claim in claims { try store.finish(claim, .delivered, status: 200) }
        let second = run(store, words)
        #expect(second.code == .done)
        #expect(second.messages.contains("goes on with replay 1"))
        #expect(try waiting(store) == 12 - moved)
        let list = run(store, ["--list", "--json"])
        #expect(list.lines.count == 1)
        #expect(list.json()?["moved"] == 12)
        #expect(CommandRun(["audit", "--db", store.file.path]).code == .done)
    }

    @Test func `a rate paces the steps by the clock`() throws {
        let store = try SampleStore()
        _ = try dead(store, 20)
        let waited = Mutex(0)
        var seat = OperatorSeat()
        seat.pause = { milliseconds in waited.withLock { $0 += milliseconds } }
        #expect(run(store, ["--all", "--rate", "10", "--yes"], seat: seat).code == .done)
        // The clock stands still here, so each step waits for all before it.
        #expect(waited.withLock { $0 } >= 1800)
    }

    @Test func `what cannot be sent is not counted as if it could`() throws {
        let store = try SampleStore()
        _ = try dead(store, 2)
        _ = try store.accept("no json", isParsable: false)
        let dry = run(store, ["--state", "dead", "--dry-run"])
        #expect(dry.code == .done)
        #expect(dry.lines.first == "2 deliveries (2 dead) to platform")
        #expect(dry.output.contains("1 delivery left out: erased, or the body is not JSON"))
        #expect(run(store, ["--state", "dead", "--dry-run", "--json"]).lines.count == 2)
        let none = run(store, ["--error", "unparsable", "--yes"])
        #expect(none.code == .nothingMatched)
        #expect(none.messages.contains("nothing can be sent again"))
        #expect(run(store, ["--state", "dead", "--yes"]).code == .done)
        #expect(try waiting(store) == 2)
    }

    @Test func `a replay is shown with its patch, an operation a line`() throws {
        let store = try SampleStore()
        _ = try dead(store, 1)
        let patch = """
            [ {"op": "test",
               "path": "/n", "value": 0},
              {"op":"add","path":"/mended","value":true} ]
            """
        let words = ["--all", "--yes", "--patch", "mend.json"]
        #expect(run(store, words, files: ["mend.json": patch]).code == .done)
        let shown = run(store, ["--show", "1"]).lines
        #expect(shown.suffix(3).first == "patch")
        #expect(shown.last == #"  {"op":"add","path":"/mended","value":true}"#)
    }

    @Test func `what is sent is shown for one that the patch fits`() throws {
        let store = try SampleStore()
        let ids = try dead(store, 3)
        let files = ["mend.json": #"[{"op":"test","path":"/n","value":0}]"#]
        let dry = run(store, ["--all", "--dry-run", "--patch", "mend.json"], files: files)
        #expect(dry.output.contains("what is sent for \(ids[0]), patched:"))
    }

    @Test func `a long change leaves room between small steps`() throws {
        let store = try SampleStore()
        _ = try dead(store, 450)
        let pauses = Mutex(0)
        var seat = OperatorSeat()
        seat.pause = { _ in pauses.withLock { $0 += 1 } }
        #expect(run(store, ["--all", "--yes"], seat: seat).code == .done)
        #expect(pauses.withLock { $0 } == 2)
        let list = run(store, ["--list"])
        #expect(list.output.contains("450/450"))
        var other = OperatorSeat()
        other.pause = { _ in pauses.withLock { $0 += 1 } }
        let words = ["discard", "--state", "queued", "--yes", "--db", store.file.path]
        #expect(CommandRun(words, clock: store.clock, seat: other).code == .done)
        #expect(pauses.withLock { $0 } == 4)
    }
}
