import Foundation
import Glibc
import Synchronization

/// A program that a test has started: its streams, its signals, its end. Killed when the test lets
/// go of it.
package final class ChildProcess: Sendable {
    package let output = LineLog()
    package let errors = LineLog()
    package let identifier: Int32

    // Sendable: the status is touched under the condition's lock.
    private final class End: @unchecked Sendable {
        let condition = NSCondition()
        var status: ExitStatus?
    }

    private let end = End()
    private let input: Mutex<Int32?>

    /// `socket` becomes descriptor 3 of the program, as systemd hands one over. Without
    /// `keepsInput` standard input ends after `input`.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        input bytes: [UInt8] = [], keepsInput: Bool = false, socket: Int32? = nil
    ) throws {
        let (inputEnd, outputEnd, errorEnd) = (try Spawn.pipe(), try Spawn.pipe(), try Spawn.pipe())
        identifier = try Spawn.start(
            program, arguments, environment: environment,
            descriptors: [inputEnd.read, outputEnd.write, errorEnd.write]
                + (socket.map { [$0] } ?? []))
        for descriptor in [inputEnd.read, outputEnd.write, errorEnd.write] { close(descriptor) }
        input = Mutex(inputEnd.write)
        ChildProcess.read(outputEnd.read, into: output)
        ChildProcess.read(errorEnd.read, into: errors)
        reap()
        write(bytes)
        if !keepsInput { closeInput() }
    }

    deinit {
        signal(SIGKILL)
        closeInput()
    }

    /// Runs a program to its end.
    package static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        input: [UInt8] = []
    ) throws -> CommandResult {
        let process = try ChildProcess(
            program, arguments, environment: environment, input: input)
        let status = try process.waitUntilExit()
        try process.output.waitUntilEnd()
        try process.errors.waitUntilEnd()
        return CommandResult(
            status: status, outputBytes: process.output.data, errors: process.errors.text)
    }

    /// Never reaches a stranger: a process that has been waited for has no number any more.
    package func signal(_ number: Int32) {
        end.condition.withLock {
            if end.status == nil { _ = Glibc.kill(identifier, number) }
        }
    }

    package var isRunning: Bool { end.condition.withLock { end.status == nil } }

    @discardableResult
    package func waitUntilExit() throws -> ExitStatus {
        let limit = Date(timeIntervalSinceNow: Double(hangGuardSeconds))
        return try end.condition.withLock {
            while true {
                if let status = end.status { return status }
                guard end.condition.wait(until: limit) else {
                    throw NeverHappened("the end of process \(identifier)")
                }
            }
        }
    }

    package func write(_ bytes: [UInt8]) {
        guard let input = input.withLock({ $0 }) else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(input, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    package func closeInput() {
        input.withLock { input in
            if let input { close(input) }
            input = nil
        }
    }

    private func reap() {
        let identifier = identifier
        Thread.detachNewThread { [end] in
            // Waits without reaping first, so that no signal can meet a number given anew.
            var info = unsafe siginfo_t()
            while unsafe waitid(P_PID, UInt32(identifier), &info, WEXITED | WNOWAIT) < 0,
                errno == EINTR
            {}
            end.condition.withLock {
                var raw: Int32 = 0
                unsafe waitpid(identifier, &raw, 0)
                end.status = ExitStatus(waitStatus: raw)
                end.condition.broadcast()
            }
        }
    }

    private static func read(_ descriptor: Int32, into log: LineLog) {
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = unsafe buffer.withUnsafeMutableBytes {
                    unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                log.append(buffer[..<count])
            }
            close(descriptor)
            log.end()
        }
    }
}
