/// A program of its own that posts events and writes down what it is told.
package final class WitnessSender {
    package struct Plan {
        package var connections = 8
        package var sources = 1
        /// Bodies of up to so many bytes among the small ones.
        package var bigBytes = 0
        package var pauseUs = 0

        package init() {}
    }

    private let process: ChildProcess
    private let file: LedgerFile
    private var book = SenderLedger()

    package init(_ plan: Plan, seed: UInt64, port: Int, in folder: TemporaryFolder) throws {
        file = LedgerFile(path: folder.file("sender.ledger"))
        process = try ChildProcess(
            Program.witness,
            [
                "send", "--port", "\(port)", "--ledger", file.path, "--token",
                RelaySettings.token, "--seed", "\(seed)", "--connections", "\(plan.connections)",
                "--sources", "\(plan.sources)", "--big", "\(plan.bigBytes)",
                "--pause-us", "\(plan.pauseUs)",
            ], keepsInput: true)
    }

    /// Everything written down so far.
    package func ledger() throws -> SenderLedger {
        for line in try file.newLines() { try book.add(line) }
        return book
    }

    package func waitForAcknowledgements(_ count: Int) throws {
        try eventually("\(count) acknowledged events") {
            try ledger().acknowledged.count >= count
        }
    }

    /// Sends no more, waits for the answers to what is under way, and ends.
    package func finish() throws -> SenderLedger {
        process.closeInput()
        let status = try process.waitUntilExit()
        guard status == .code(0) else {
            throw NeverHappened("an orderly end of the sender: \(status) \(process.errors.text)")
        }
        return try ledger()
    }
}
