import RelayCore
import RelayRuntime
import RelayStore
import Testing

@testable import holdfast

/// What a command says of a standard output that does not take its words.
struct OutputFaultTests {
    private static func commands(_ db: String, _ id: String) -> [[String]] {
        [
            ["help"], ["version"], ["completion", "bash"], ["token", "new", "chatlio"],
            ["status", "--db", db], ["shape", "--db", db], ["list", "--db", db],
            ["show", id, "--db", db], ["audit", "--db", db], ["verify", "--db", db],
            ["replay", "--all", "--dry-run", "--db", db],
            ["discard", "--all", "--dry-run", "--db", db],
            ["erase", "--all", "--dry-run", "--db", db],
        ]
    }

    private func filled() throws -> (store: SampleStore, commands: [[String]]) {
        let store = try SampleStore()
        let waiting = try store.accept("{}")
        let dead = try store.accept("{}")
        try store.finish(dead, .dead(.rejected), status: 400, errorClass: .rejected)
        return (store, Self.commands(store.file.path, waiting.id.description))
    }

    @Test func `whatever could not be written is a failure of the command`() throws {
        let (store, commands) = try filled()
        for words in commands {
            let run = CommandRun(
                words, clock: store.clock, outputResult: .failed(systemError: 28))
            #expect(run.code == .failed, "\(words)")
            #expect(
                run.messages.hasSuffix(
                    "standard output cannot be written: No space left on device\n"), "\(words)")
        }
    }

    @Test func `a reader who has seen enough is none`() throws {
        let (store, commands) = try filled()
        for words in commands {
            let run = CommandRun(words, clock: store.clock, outputResult: .readerGone)
            #expect(run.code == .done, "\(words)")
            #expect(!run.messages.contains("cannot be written"), "\(words)")
        }
        // What was wrong before stays wrong.
        #expect(CommandRun([], outputResult: .readerGone).code == .usage)
    }

    @Test func `a command that writes nothing needs no output`() throws {
        let (store, _) = try filled()
        let hold = ["hold", "platform", "--db", store.file.path]
        #expect(CommandRun(hold, outputResult: .failed(systemError: 28)).code == .done)
    }
}
