import Foundation
import RelayCore
import RelayStore
import SQLite
import Testing

@testable import holdfast

struct EraseCommandTests {
    private static let person = "ana.prata@example.org"
    private static let match = "/visitor/email=" + person

    private func run(
        _ store: SampleStore, _ words: [String], answer: String? = nil
    ) -> CommandRun {
        CommandRun(
            ["erase"] + words + ["--db", store.file.path], clock: store.clock, answer: answer)
    }

    private func fill(_ store: SampleStore) throws {
        let body = #"{"visitor":{"email":"\#(Self.person)"}}"#
        _ = try store.accept(body, query: "mail=\(Self.person)", headers: "X: \(Self.person)\n")
        try store.finish(
            try store.accept(body), .dead(.rejected), status: 400, errorClass: .rejected,
            message: "bad mail \(Self.person)")
        _ = try store.accept(#"{"visitor":{"email":"bela@example.org"}}"#)
    }

    private func holds(_ store: SampleStore) -> Bool {
        ["", "-wal", "-shm"].contains { suffix in
            let bytes = FileManager.default.contents(atPath: store.file.path + suffix)
            return bytes?.range(of: Data(Self.person.utf8)) != nil
        }
    }

    @Test func `the receipt is JSON, complete, and the files hold nothing`() throws {
        let store = try SampleStore()
        try fill(store)
        #expect(holds(store))
        let done = run(store, ["--match", Self.match, "--yes", "--json"])
        #expect(done.code == .done)
        #expect(done.json()?["events"] == 2)
        #expect(done.json()?["discarded"] == 1)
        #expect(done.json()?["operator"] == "ana@host")
        #expect(done.json()?["foundInFile"] == 0)
        #expect(done.json()?["complete"] == true)
        #expect(!done.output.contains(Self.person))
        #expect(!holds(store))
        #expect(CommandRun(["audit", "--db", store.file.path]).code == .done)
        #expect(run(store, ["--match", Self.match, "--dry-run"]).code == .nothingMatched)
        #expect(run(store, ["--match", Self.match, "--yes"]).code == .nothingMatched)
    }

    @Test func `a dry run is JSON as well, and nothing else`() throws {
        let store = try SampleStore()
        try fill(store)
        let dry = run(store, ["--match", Self.match, "--dry-run", "--json"])
        #expect(dry.code == .done && dry.lines.count == 1)
        #expect(dry.json()?.object?.keys == ["events", "bytes", "duplicates", "ids", "quoting"])
        #expect(dry.json()?["events"] == 2 && dry.json()?["ids"]?.array?.count == 2)
        #expect(!dry.output.contains(Self.person) && holds(store))
    }

    @Test func `show says what an erasure took out, and shows nothing in its place`() throws {
        let store = try SampleStore()
        try fill(store)
        #expect(run(store, ["--match", Self.match, "--yes"]).code == .done)
        let list = CommandRun(["list", "--state", "dead", "--json", "--db", store.file.path])
        let id = try #require(list.json()?["id"]?.string)
        func show(_ words: String...) -> CommandRun {
            CommandRun(["show", id, "--db", store.file.path] + words, clock: store.clock)
        }
        let object = try #require(show("--json", "--body").json()?.object)
        #expect(object["erasedAt"]?.string == store.clock.now.description)
        let members = try #require(object["erased"]?.array)
        let erased = members.compactMap(\.string)
        #expect(erased.contains("headers") && erased.contains("remoteAddress"))
        #expect(erased.allSatisfy { object[$0] == nil })
        #expect(object["bodyBase64"] == nil && object["history"] != nil)
        let page = show()
        #expect(page.output.contains("body, headers, query, address, lane"))
        #expect(!page.output.contains("sha256") && !page.output.contains("address  "))
        let body = show("--body")
        #expect(body.code == .done && body.output.isEmpty)
        #expect(body.messages.contains("were erased at \(store.clock.now)"))
    }

    @Test func `a value that others still hold is said`() throws {
        let store = try SampleStore()
        try fill(store)
        _ = try store.accept(#"{"other":"\#(Self.person)"}"#)
        let partly = run(store, ["--match", Self.match, "--yes"])
        #expect(partly.code == .failed)
        #expect(partly.messages.contains("the value still stands in 1 event that this filter does"))
        #expect(run(store, ["--contains", Self.person, "--yes"]).code == .done)
        #expect(run(store, ["--match", Self.match, "--yes", "--vacuum"]).code == .nothingMatched)
        #expect(!holds(store))
    }

    @Test func `nothing is erased by accident`() throws {
        let store = try SampleStore()
        try fill(store)
        #expect(run(store, ["--yes"]).code == .usage)
        #expect(run(store, ["--match", "email=x", "--yes"]).code == .usage)
        #expect(run(store, ["--match", Self.match]).code == .usage)
        #expect(run(store, ["--match", Self.match], answer: "no").code == .failed)
        let dry = run(store, ["--match", Self.match, "--dry-run"])
        #expect(dry.code == .done)
        #expect(dry.output.contains("2 events"))
        #expect(run(store, ["--state", "dead", "--yes"]).code == .usage)
        #expect(
            run(store, ["--id", "01KQ0ZP4Y8000000003GR6AHQT", "--yes"]).code == .nothingMatched)
        #expect(holds(store))
    }

    @Test func `a person is taken from wherever he is quoted, in any case`() throws {
        let store = try SampleStore()
        try fill(store)
        let transcript = #"{"text":"write to Ana.Prata@Example.org\n"}"#
        let hidden = #"{"identTraits":"{\"mail\":\"ana\\u002eprata@example.org\"}"}"#
        _ = try store.accept(transcript)
        _ = try store.accept(hidden)
        _ = try store.accept("{}", query: "from=\(Self.person)")
        _ = try store.accept("{}", query: "from=ana%2eprata%40example.org&to=x")
        _ = try store.accept("{}", headers: "X-Mail: \(Self.person)\n")
        let all = ["--match", Self.match, "--everywhere"]
        let narrow = run(store, ["--match", Self.match, "--dry-run"])
        #expect(narrow.output.contains("2 events"))
        #expect(narrow.output.contains("4 events more quote it elsewhere"))
        #expect(run(store, all + ["--dry-run"]).output.contains("6 events"))
        #expect(run(store, all + ["--ignore-case", "--dry-run"]).output.contains("7 events"))
        let done = run(store, all + ["--ignore-case", "--yes", "--json"])
        #expect(done.code == .done)
        #expect(done.json()?["events"] == 7)
        #expect(!holds(store))
        #expect(CommandRun(["audit", "--db", store.file.path]).code == .done)
    }

    @Test func `everywhere needs something to look for`() throws {
        let store = try SampleStore()
        try fill(store)
        #expect(run(store, ["--hook", "feedback", "--everywhere", "--yes"]).code == .usage)
        #expect(run(store, ["--match", "/n=1", "--everywhere", "--yes"]).code == .usage)
        #expect(run(store, ["--hook", "feedback", "--ignore-case", "--yes"]).code == .usage)
    }
}
