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

    static func process() -> CommandContext {
        let environment = ConfigurationEnvironment.process
        return CommandContext(
            console: .standard(variable: environment.variable), environment: environment,
            clock: SystemClock(), readInput: { Terminal.readAll(0, limitBytes: $0) })
    }

    var now: Timestamp { clock.now }

    /// Ids by the million are a mistake.
    static let inputLimitBytes = 64 * 1_048_576

    func filters(_ invocation: Invocation, limit: Int? = nil) throws(UsageError) -> FilterOptions {
        try FilterOptions(
            invocation, now: now,
            defaultLimit: limit ?? (console.isWatched ? Limits.listLines : nil),
            readInput: { readInput(CommandContext.inputLimitBytes) })
    }
}
