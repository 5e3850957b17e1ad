// holdfast: the executable. Commands, configuration and wiring; every part it is made of lives in
// a module of its own.
//
// For: `serve` runs the relay, everything else asks or changes a store beside it.
//
// Promises: the exit codes 0 done, 1 could not be done or a check failed, 2 wrong usage or
// configuration, 3 nothing matched. Results on standard output, all else on standard error.
//
// Never: a result half on the wrong stream, a secret on any, a stack trace for an operator's
// mistake.
//
// Fails: with one line that says what, where and what to do next.

import Glibc
import RelayRuntime
import RelayStore

@main
enum Holdfast {
    static func main() {
        ProcessFacts.occupyStandardStreams()
        let code = run(Array(CommandLine.arguments.dropFirst()), in: .process())
        exit(code.rawValue)
    }

    static func run(_ words: [String], in context: CommandContext) -> ExitCode {
        do {
            let code = try dispatch(words, in: context)
            // What was found or done stands, whoever has seen enough of it.
            do { try context.console.flush() } catch is OutputClosed {}
            return code
        } catch is OutputClosed {
            return .done
        } catch {
            return report(error, on: context.console)
        }
    }

    private static func dispatch(
        _ words: [String], in context: CommandContext
    ) throws -> ExitCode {
        switch try CommandLineParser(commands: CommandTable.descriptions).parse(words) {
        case .version:
            return try VersionCommand.run(
                Invocation(command: "version", options: [:], arguments: []), in: context)
        case .help(let command):
            let code = try HelpCommand.show(command, in: context)
            return words.isEmpty ? .usage : code
        case .run(let invocation):
            guard let command = CommandTable.command(invocation.command) else {
                preconditionFailure("the parser knows a command that the table does not")
            }
            return try command.run(invocation, in: context)
        }
    }

    private static func report(_ error: any Error, on console: Console) -> ExitCode {
        switch error {
        case let error as UsageError:
            console.message("\(error)")
            return .usage
        case let error as UnknownName:
            console.message("holdfast: " + DisplayText.harmless("\(error)"))
            return .usage
        case let error as CommandFailure:
            console.message("holdfast: \(error)")
            return error.exitCode
        default:
            console.message("holdfast: " + DisplayText.harmless("\(error)"))
            return .failed
        }
    }
}
