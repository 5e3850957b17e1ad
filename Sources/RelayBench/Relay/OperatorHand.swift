import Foundation
import RelayCore

/// The operator's commands of the measured program, on the store that it serves.
struct OperatorHand {
    let program: String
    let database: String

    struct Counts {
        let waiting: Int
        let delivered: Int
        let dead: Int
        /// Of the first destination: `open`, `refused`, …
        let gate: String
    }

    func counts() throws(BenchFailure) -> Counts {
        guard let status = try ask(["status", "--json"]).first, let counts = status["counts"] else {
            throw BenchFailure("status says nothing")
        }
        func number(_ state: String) -> Int { Int(counts[state]?.int64 ?? 0) }
        return Counts(
            waiting: number("queued") + number("inflight") + number("held"),
            delivered: number("delivered"), dead: number("dead"),
            gate: status["destinations"]?[0]?["state"]?.string ?? "")
    }

    /// Asks until the answer is right.
    @discardableResult
    func wait(
        limitMs: Int64, for what: String, _ isRight: (Counts) -> Bool
    ) throws(BenchFailure) -> Counts {
        let endNs = Monotonic.nanoseconds + limitMs * 1_000_000
        while true {
            let counts = try counts()
            if isRight(counts) { return counts }
            guard Monotonic.nanoseconds < endNs else {
                throw BenchFailure("\(what) did not come within \(limitMs / 1000) s: \(counts)")
            }
            usleep(50_000)
        }
    }

    /// One command to its end, and the lines of JSON it printed.
    @discardableResult
    func ask(_ words: [String]) throws(BenchFailure) -> [JSONValue] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = words + ["--db", database]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw BenchFailure("\(program): cannot be started")
        }
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchFailure("holdfast \(words.joined(separator: " ")) has failed")
        }
        return said.split(separator: UInt8(ascii: "\n")).compactMap {
            try? JSONValue.parse(Array($0))
        }
    }
}
