import Foundation
import Glibc
import RelayTesting
import Testing

/// A machine with a real systemd as its first process, made by machine.sh out of this system's
/// files and a memory file system. Gone when the test lets go of it.
final class Machine {
    let share: TemporaryFolder
    private let process: ChildProcess
    private let first: String

    /// Whether this system lets us make one: root, name spaces, overlays and control groups.
    static let canBeMade: Bool = {
        guard getuid() == 0, Program.onPath("nsenter") != nil,
            FileManager.default.isExecutableFile(atPath: "/lib/systemd/systemd")
        else { return false }
        return (try? Machine()) != nil
    }()

    init() throws {
        share = try TemporaryFolder()
        process = try ChildProcess(
            Checkout.path("Tests/IntegrationTests/Packaging/machine.sh"), [share.path],
            keepsInput: true)
        let line = try process.output.line(containing: "machine ")
        first = String(line.dropFirst("machine ".count))
        guard Int(first) != nil else { throw NeverHappened("a machine: \(process.errors.text)") }
        let process = process
        try eventually("a machine that has started: \(process.errors.text)") {
            guard process.isRunning else { throw NeverHappened("the start of a machine") }
            let state = try run("systemctl is-system-running --wait 2>/dev/null").output
            return state == "running\n" || state == "degraded\n"
        }
    }

    deinit {
        process.closeInput()
        _ = try? process.waitUntilExit()
    }

    /// Runs a line of shell in the machine, as root.
    @discardableResult
    func run(_ line: String) throws -> CommandResult {
        try ChildProcess.run(
            try #require(Program.onPath("nsenter")),
            [
                "--target", first, "--mount", "--pid", "--uts", "--ipc", "--cgroup", "/bin/sh",
                "-c", line,
            ])
    }

    /// As `run`, for what must succeed.
    @discardableResult
    func must(_ line: String) throws -> String {
        let result = try run(line)
        guard result.code == 0 else {
            let log = try run("journalctl --no-pager --boot --lines 40").output
            throw NeverHappened("\(line): \(result.output)\(result.errors)\n\(log)")
        }
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Puts a file of the test into the machine and tells its path there.
    func bring(_ path: String) throws -> String {
        let name = URL(fileURLWithPath: path).lastPathComponent
        try FileManager.default.copyItem(atPath: path, toPath: share.file(name))
        return "/mnt/" + name
    }

    func property(_ name: String, of unit: String) throws -> String {
        try must("systemctl show --property=\(name) --value \(unit)")
    }
}
