import Testing

@testable import holdfast

/// An empty variable of a script must not pass for a name.
struct EmptyValueTests {
    @Test func `no option takes an empty value, but for the text of a reason`() throws {
        let parser = CommandLineParser(commands: CommandTable.descriptions)
        var taken: Set<String> = []
        for command in CommandTable.descriptions {
            let arguments = command.arguments.map(\.name)
            for option in command.options where !option.isFlag {
                for words in [["--\(option.name)", ""], ["--\(option.name)="]] {
                    do throws(UsageError) {
                        _ = try parser.parse([command.name] + arguments + words)
                        taken.insert(option.name)
                    } catch {
                        #expect(error.message.hasPrefix("--\(option.name) needs a value"))
                    }
                }
            }
        }
        #expect(taken == ["reason"])
    }

    @Test func `no argument may be empty`() throws {
        let parser = CommandLineParser(commands: CommandTable.descriptions)
        for command in CommandTable.descriptions {
            let names = command.arguments.map(\.name)
            for index in names.indices {
                let words = names[..<index] + [""] + names[(index + 1)...]
                let error = #expect(throws: UsageError.self) {
                    _ = try parser.parse([command.name] + words)
                }
                #expect(error?.message == "\(names[index]) is empty")
            }
        }
    }

    @Test(arguments: [
        ["token", "new", ""], ["list", "--db", ""], ["sandbox", "--data", ""], ["verify", ""],
        ["hold", "", "--db", "x"],
    ])
    func `nothing is done for it`(words: [String]) {
        let run = CommandRun(words)
        #expect(run.code == .usage)
        #expect(run.output.isEmpty && run.messages.split(separator: "\n").count == 1)
    }
}
