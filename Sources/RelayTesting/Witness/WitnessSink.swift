/// A program of its own that takes what the relay delivers and writes it down before it answers.
package final class WitnessSink {
    private let process: ChildProcess
    private let file: LedgerFile
    private var all: [Arrival] = []
    package let port: Int

    /// - Parameters:
    ///   - delayUs: answers take up to so long.
    ///   - trouble: in a thousand requests, how many are answered badly.
    package init(
        name: String, seed: UInt64, delayUs: Int, trouble: Int, in folder: TemporaryFolder
    ) throws {
        file = LedgerFile(path: folder.file("\(name).ledger"))
        process = try ChildProcess(
            Program.witness,
            [
                "sink", "--ledger", file.path, "--seed", "\(seed)", "--delay-us", "\(delayUs)",
                "--trouble", "\(trouble)",
            ], keepsInput: true)
        let line = try process.output.line(containing: "sink at port ")
        port = line.split(separator: " ").last.flatMap { Int($0) } ?? 0
    }

    /// Everything written down so far, in the order of arrival.
    package func arrivals() throws -> [Arrival] {
        for line in try file.newLines() { all += try Arrival.read(line) }
        return all
    }
}
