// platform-simulator: the simulated Platform as a program of its own.
//
// For: trying a relay by hand, other people's clients, and tests that need Platform in another
// process. Everything it can do is in the target PlatformSimulator; here are only the command
// line, the terminal and the signals.
//
// Promises: prints its addresses once it listens; stops on SIGINT and SIGTERM with exit code 0.
// Must never: listen on anything but the loopback address unless `--host` says so.
// Fails: exit code 2 for a wrong command line, 1 when the address cannot be had.

import Dispatch
import Glibc
import HTTPServer
import PlatformSimulator

@main
enum PlatformSimulatorCommand {
    static func main() {
        do throws(CommandLineOptions.Wrong) {
            let options = try CommandLineOptions(Array(CommandLine.arguments.dropFirst()))
            if options.wantsHelp { return Output.say(help) }
            run(options)
        } catch {
            Output.complain("platform-simulator: \(error)")
            Output.complain("Try platform-simulator --help")
            exit(2)
        }
    }

    private static func run(_ options: CommandLineOptions) {
        let simulator = Simulator(
            clock: HostClock(), requiresAuthentication: options.requiresAuthentication)
        do {
            let server = try SimulatorServer.start(
                simulator, host: options.host, port: options.port)
            // Before anybody is told how to stop it.
            let stopping = catchSignals()
            Output.say(greeting(server, options))
            stopping.wait()
            server.stop()
        } catch {
            Output.complain("platform-simulator: cannot listen: \(error)")
            exit(1)
        }
    }

    /// Signalled when the program is to stop. Every signal is caught from the moment this returns:
    /// a source that is only activated is not there yet.
    private static func catchSignals() -> DispatchSemaphore {
        let stopping = DispatchSemaphore(value: 0)
        let registered = DispatchGroup()
        let queue = DispatchQueue(label: "simulator.signals")
        for number in [SIGINT, SIGTERM] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            // The handler keeps its source, for as long as the process runs.
            source.setEventHandler {
                _ = source
                stopping.signal()
            }
            registered.enter()
            source.setRegistrationHandler { registered.leave() }
            source.activate()
        }
        registered.wait()
        return stopping
    }

    private static func greeting(
        _ server: SimulatorServer, _ options: CommandLineOptions
    ) -> String {
        """
        Platform simulator at \(server.url)
          inlet     \(server.inletURL())
          flow      \(BuiltIn.flowID)
          tokens    \(server.tokenURL)
                    client \(BuiltIn.clientID), secret \(BuiltIn.clientSecret)\
        \(options.requiresAuthentication ? " (required)" : "")
          landed    \(server.url)/_control/landed
          counters  \(server.url)/_control/counters
        Stops on Ctrl-C.
        """
    }

    private static let help = """
        platform-simulator: a local Adobe Experience Platform for trying and testing a relay

        Usage: platform-simulator [--port N] [--host HOST] [--authentication]

          --port N           port to listen on, 0 for any free one (default 8099)
          --host HOST        address to listen on (default 127.0.0.1)
          --authentication   the built-in inlet refuses requests without a valid token
          --help             shows this page

        What landed can be seen at / and read at /_control/landed. Faults are scripted at
        /_control/faults. docs/platform-simulator.md has the reference.
        """
}
