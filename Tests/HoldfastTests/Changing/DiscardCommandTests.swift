import RelayCore
import RelayStore
import SQLite
import Testing

@testable import holdfast

struct DiscardCommandTests {
    private func run(
        _ store: SampleStore, _ words: [String], answer: String? = nil
    ) -> CommandRun {
        CommandRun(
            ["discard"] + words + ["--db", store.file.path], clock: store.clock, answer: answer)
    }

    @Test func `discarded events say who gave them up and why`() throws {
        let store = try SampleStore()
        let claim = try store.accept("{}")
        _ = try store.accept("{}", destination: "copy")
        let done = run(
            store, ["--destination", "platform", "--reason", "a test", "--yes"])
        #expect(done.code == .done)
        #expect(done.messages.contains("1 delivery discarded"))
        let show = CommandRun(
            ["list", "--state", "discarded", "--json", "--db", store.file.path])
        #expect(show.json()?["id"]?.string == claim.id.description)
        #expect(show.json()?["lastError"] == "discarded by ana@host: a test")
        #expect(CommandRun(["audit", "--db", store.file.path]).code == .done)
    }

    @Test func `what is over cannot be discarded, and nothing goes by accident`() throws {
        let store = try SampleStore()
        _ = try store.accept("{}")
        #expect(run(store, ["--yes"]).code == .usage)
        #expect(run(store, ["--state", "delivered", "--yes"]).code == .usage)
        #expect(run(store, ["--all"]).code == .usage)
        #expect(run(store, ["--all"], answer: "").messages.contains("nothing was changed"))
        #expect(run(store, ["--all", "--dry-run"]).output.contains("1 delivery (1 queued)"))
        #expect(run(store, ["--state", "dead", "--yes"]).code == .nothingMatched)
        #expect(run(store, ["--destination", "nobody", "--yes"]).code == .usage)
        #expect(try store.ledger.connection.scalar("SELECT count(*) FROM deliveries") == 1)
    }
}
