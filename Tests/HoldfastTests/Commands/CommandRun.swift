import RelayCore
import RelayRuntime

@testable import holdfast

/// One command, run in this process with everything around it of the test's making.
struct CommandRun {
    let code: ExitCode
    let output: String
    let messages: String

    init(
        _ words: [String], variables: [String: String] = [:], files: [String: String] = [:],
        input: String = "", columns: Int? = nil, colour: Bool = false,
        clock: any Clock = FixedClock(now: Timestamp(milliseconds: 1_780_000_100_000)),
        outputResult: Terminal.WriteResult = .written, answer: String? = nil,
        seat: OperatorSeat = OperatorSeat()
    ) {
        var output: [UInt8] = []
        var messages: [UInt8] = []
        let console = Console(
            columns: columns, usesColour: colour, isInteractive: answer != nil,
            progressColumns: answer == nil ? nil : 80
        ) { stream, bytes in
            switch stream {
            case .output:
                output += bytes
                return outputResult
            case .error:
                messages += bytes
                return .written
            }
        }
        let environment = ConfigurationEnvironment(
            variable: { variables[$0] },
            file: { path in
                files[path].map { .success(Array($0.utf8)) } ?? .failure(.missing)
            })
        var seat = seat
        seat.who = "ana@host"
        seat.readAnswer = { answer }
        code = Holdfast.run(
            words,
            in: CommandContext(
                console: console, environment: environment, clock: clock,
                readInput: { _ in Array(input.utf8) }, seat: seat))
        self.output = String(decoding: output, as: UTF8.self)
        self.messages = String(decoding: messages, as: UTF8.self)
    }

    var lines: [Substring] { output.split(separator: "\n") }

    func json(_ line: Int = 0) -> JSONValue? {
        lines.indices.contains(line) ? try? JSONValue.parse(String(lines[line])) : nil
    }
}
