import RelayCore
import RelayRuntime
import RelayStore

/// What surrounds a command. The tests make their own.
struct CommandContext {
    let console: Console
    let environment: ConfigurationEnvironment
    let clock: any Clock
    /// Standard input to its end; nil when it cannot be read or is longer than the limit.
    let readInput: (_ limitBytes: Int) -> [UInt8]?
    /// For commands that ask, wait, or can be interrupted.
    var seat = OperatorSeat()

    static func process() -> CommandContext {
        let environment = ConfigurationEnvironment.process
        return CommandContext(
            console: .standard(variable: environment.variable), environment: environment,
            clock: SystemClock(), readInput: { Terminal.readAll(0, limitBytes: $0) },
            seat: .process(variable: environment.variable))
    }

    var now: Timestamp { clock.now }

    /// Ids by the million are a mistake.
    static let inputLimitBytes = 64 * 1_048_576

    /// What a change works on: never cut by a default limit, and never everything by accident.
    func choice(_ invocation: Invocation) throws(UsageError) -> FilterOptions {
        let options = try FilterOptions(
            invocation, now: now, defaultLimit: nil,
            readInput: { readInput(CommandContext.inputLimitBytes) })
        guard options.isAll || !options.filter.isEmpty else {
            throw UsageError(
                "no filter was given; narrow it, or write --all if you mean everything",
                command: invocation.command)
        }
        return options
    }

    func filters(_ invocation: Invocation, limit: Int? = nil) throws(UsageError) -> FilterOptions {
        try FilterOptions(
            invocation, now: now,
            defaultLimit: limit ?? (console.isWatched ? Limits.listLines : nil),
            readInput: { readInput(CommandContext.inputLimitBytes) })
    }
}
