import Foundation
import HTTPServer
import PlatformSimulator
import RelayCore
import RelayRuntime

enum SandboxCommand: Command {
    static let description = CommandDescription(
        name: "sandbox", summary: "runs relay and Platform simulator, no configuration needed",
        options: [
            OptionDescription(
                "data", value: "DIR", "where to keep the data; the default is ./sandbox",
                hint: .directory),
            OptionDescription(
                "port", value: "N", "where the relay listens; the default is 8080"),
        ],
        details: [
            """
            Starts the relay on its embedded store with a local Platform simulator as its \
            destination, and prints the webhook URLs, a line that sends a sample event and the \
            operator commands to try. Everything stays on this machine. Ctrl-C stops it; the \
            data stays, and so do the URLs.
            """
        ],
        examples: [
            CommandDescription.Example("holdfast sandbox", "tries it out"),
            CommandDescription.Example(
                "holdfast sandbox --data /tmp/trial --port 9000", "elsewhere"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        ProcessFacts.keepFilesPrivate()
        let port = try port(invocation)
        try Allowance.check()
        let folder = try SandboxFolder(
            invocation.value("data") ?? "sandbox", clock: context.clock)
        let simulator = try startSimulator(clock: context.clock)
        defer { simulator.stop() }
        try folder.writeConfiguration(
            port: port, inletURL: simulator.inletURL(), flowID: BuiltIn.flowID)
        let configuration = try read(folder, context)
        let process = RelayProcess(
            clock: SystemClock(),
            log: .standardError(configuration.log, clock: context.clock),
            environment: ProcessInfo.processInfo.environment)
        let relay = try process.start(configuration) { _ in true }
        let greeting = SandboxGreeting(
            folder: folder, configuration: configuration,
            port: relay.sockets.first?.port ?? port, simulatorURL: simulator.url,
            program: CommandLine.arguments.first ?? "holdfast")
        try context.console.lines(greeting.lines)
        try context.console.flush()
        return process.runUntilStopped()
    }

    private static func port(_ invocation: Invocation) throws -> Int {
        guard let text = invocation.value("port") else { return 8080 }
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw UsageError(
                "--port \(text): not a port between 0 and 65535", command: invocation.command)
        }
        return port
    }

    /// On its usual port, or on any other when that is taken.
    private static func startSimulator(clock: any Clock) throws -> SimulatorServer {
        let simulator = Simulator(clock: clock)
        if let usual = try? SimulatorServer.start(simulator, port: 8099) { return usual }
        return try SimulatorServer.start(simulator, port: 0)
    }

    private static func read(
        _ folder: SandboxFolder, _ context: CommandContext
    ) throws -> Configuration {
        switch ConfigurationReader.read(file: folder.configurationPath, in: context.environment) {
        case .success(let effective): return effective.configuration
        case .failure(let report):
            throw CommandFailure("\(folder.configurationPath): \(report.render())")
        }
    }
}
