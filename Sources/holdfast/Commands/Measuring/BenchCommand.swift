import Foundation
import HTTPServer
import RelayBench
import RelayCore
import RelayRuntime

enum BenchCommand: Command {
    static let description = CommandDescription(
        name: "bench", summary: "measures this machine: events a second, latency, end to end",
        options: [
            OptionDescription("seconds", value: "N", "length of each measurement; 10 by default"),
            OptionDescription("connections", value: "N", "of the load; 64 by default"),
            OptionDescription("size", value: "BYTES", "of each body; 1024 by default"),
            OptionDescription(
                "figure", value: "NAME", "only this one, such as I1 or D3", repeats: true),
            OptionDescription("runs", value: "N", "how often each is measured; 3 by default"),
            OptionDescription(
                "backlog", value: "N", "events waiting in I6, D3, D6 and D7; 200000 by default"),
            OptionDescription(
                "data", value: "DIR", "a folder on the disk to measure; the current one by default",
                hint: .directory),
            OptionDescription("json", "prints JSON Lines"),
        ],
        details: [
            """
            Starts relays of this very program in a folder of its own, loads them and takes what \
            they deliver, on the same cores. Each figure stands beside a ceiling of the same run: \
            the same server answering without storing, the same client sending without a store, \
            or one sync of the disk. The folder is removed at the end.
            """
        ],
        examples: [
            CommandDescription.Example(
                "holdfast bench", "measures everything: about twelve minutes"),
            CommandDescription.Example("holdfast bench --figure I1 --seconds 5", "intake only"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let settings = try settings(invocation, now: context.now)
        let watch = SignalWatch([SIGINT, SIGTERM], queue: .global()) { number in
            LiveThings.shared.endAll()
            exit(128 + number)
        }
        defer { withExtendedLifetime(watch) {} }
        let results = try measure(settings, context.console)
        let table = BenchTable(results)
        if invocation.has("json") {
            try table.writeJSON(to: context.console)
        } else {
            try table.write(to: context.console)
        }
        return .done
    }

    private static func measure(
        _ settings: BenchSettings, _ console: Console
    ) throws -> [FigureResult] {
        do {
            return try Bench(settings) { console.message($0) }.run()
        } catch let failure as BenchFailure {
            throw CommandFailure("\(failure)")
        }
    }

    private static func settings(
        _ invocation: Invocation, now: Timestamp
    ) throws(UsageError) -> BenchSettings {
        let reader = OptionReader(invocation: invocation, now: now)
        var options = ServerOptions()
        options.maxHeaderBytes = Limits.headBytes
        var settings = BenchSettings(
            program: program, directory: invocation.value("data") ?? ".", serverOptions: options)
        settings.seconds = try reader.number("seconds", in: 1...3600) ?? settings.seconds
        settings.connections =
            try reader.number("connections", in: 1...1000) ?? settings.connections
        settings.bodyBytes =
            try reader.number("size", in: 128...Limits.bodyBytesDefault) ?? settings.bodyBytes
        settings.runs = try reader.number("runs", in: 1...100) ?? settings.runs
        settings.backlog = try reader.number("backlog", in: 0...100_000_000) ?? settings.backlog
        if invocation.has("figure") { settings.figures = try figures(invocation, reader) }
        return settings
    }

    private static func figures(
        _ invocation: Invocation, _ reader: OptionReader
    ) throws(UsageError) -> Set<Figure> {
        var figures: Set<Figure> = []
        for name in invocation.values("figure") {
            let found = Figure.allCases.filter {
                [$0.rawValue, $0.family].contains { $0.lowercased() == name.lowercased() }
            }
            guard !found.isEmpty else {
                let known = Figure.allCases.map(\.rawValue).joined(separator: ", ")
                throw reader.error("there is no figure \"\(name)\"; there are \(known)")
            }
            figures.formUnion(found)
        }
        return figures
    }

    /// The file of this process, wherever it was called from.
    private static var program: String {
        let link = "/proc/self/exe"
        return (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? link
    }
}
