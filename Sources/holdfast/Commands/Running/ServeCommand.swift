import Foundation
import RelayCore
import RelayRuntime

enum ServeCommand: Command {
    static let description = CommandDescription(
        name: "serve", summary: "runs the relay in the foreground",
        options: [
            OptionDescription("config", value: "FILE", "the configuration, JSON5", hint: .file)
        ],
        details: [
            """
            Listens for events, stores each before it answers, and delivers them until the \
            destination has them. Creates the data directory and migrates the store when need be.
            """,
            """
            SIGTERM and SIGINT drain and stop, a second one stops at once. SIGHUP reads the \
            configuration, tokens and certificates again without dropping a connection; a broken \
            new configuration is refused and the old one stays.
            """,
        ],
        examples: [
            CommandDescription.Example(
                "holdfast serve --config /etc/holdfast/holdfast.json5", "runs the relay")
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        guard let path = invocation.value("config") else {
            throw UsageError("which configuration? Give --config FILE", command: invocation.command)
        }
        let effective: EffectiveConfiguration
        switch ConfigurationReader.read(file: path, in: context.environment) {
        case .success(let read): effective = read
        case .failure(let report):
            for problem in report.problems { context.console.message("holdfast: \(problem)") }
            throw CommandFailure(
                "\(path): not started; see 'holdfast check --config \(path)'", .usage)
        }
        try Allowance.check()
        let configuration = effective.configuration
        let log = Log.standardError(configuration.log, clock: context.clock)
        let process = RelayProcess(
            clock: SystemClock(), log: log, environment: ProcessInfo.processInfo.environment)
        let environment = context.environment
        _ = try process.start(configuration) { relay in
            reload(path, into: relay, environment: environment, log: log)
        }
        return process.runUntilStopped()
    }

    /// A broken new configuration changes nothing.
    private static func reload(
        _ path: String, into relay: Relay, environment: ConfigurationEnvironment, log: Log
    ) -> Bool {
        switch ConfigurationReader.read(file: path, in: environment) {
        case .failure(let report):
            for problem in report.problems {
                log.error("the new configuration is refused", ["problem": .text("\(problem)")])
            }
            relay.reloads.count(isTaken: false)
            return false
        case .success(let effective):
            do {
                try relay.replace(effective.configuration)
                relay.reloads.count(isTaken: true)
                log.info("configuration read again", ["file": .text(path)])
                return true
            } catch {
                relay.reloads.count(isTaken: false)
                log.error("the new configuration is refused", ["problem": .text("\(error)")])
                return false
            }
        }
    }
}

extension Log {
    static func standardError(_ settings: LogSettings, clock: any Clock) -> Log {
        let format: LogFormat? =
            switch settings.format {
            case .auto: nil
            case .text: .text
            case .json: .json
            }
        return standardError(
            level: LogLevel(rawValue: settings.level.rawValue) ?? .info, format: format,
            clock: clock)
    }
}
