import Foundation
import RelayCore
import RelayTesting

/// Adobe's Python client in an environment of its own beside the built programs. It is made once
/// and then found again.
enum AeppEnvironment {
    /// The version the walk was written against; without what it needs for tables and graphs.
    private static let client = "aepp==0.6.0"
    private static let needed = ["requests>=2.28,<3", "deprecation>=2.1,<3"]

    /// What the walk through a simulator came to.
    static func walk(_ simulator: SimulatorUnderTest) throws -> JSONValue {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("walk.py").path
        let result = try ChildProcess.run(
            try python(), ["-B", script, "http://127.0.0.1:\(simulator.port)"])
        guard result.code == 0, let answer = try result.json().last else {
            throw NeverHappened("the end of walk.py:\n\(result.errors)")
        }
        return answer
    }

    static func python() throws -> String {
        let folder = URL(fileURLWithPath: Program.platformSimulator).deletingLastPathComponent()
            .appendingPathComponent("aepp-environment")
        let python = folder.appendingPathComponent("bin/python3").path
        let marker = folder.appendingPathComponent("packages.txt")
        let wanted = ([client] + needed).joined(separator: "\n")
        if (try? String(contentsOf: marker, encoding: .utf8)) == wanted { return python }
        guard let maker = Program.onPath("python3") else { throw NeverHappened("a python3") }
        try run(
            maker, ["-m", "venv", "--clear", folder.path],
            "python3 cannot make an environment (Debian: python3-venv)")
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        let complaint = "the Python package index cannot be reached, or lacks a package"
        try run(python, install + ["--no-deps", client], complaint)
        try run(python, install + needed, complaint)
        // Last, so that an environment half made is made again.
        try wanted.write(to: marker, atomically: true, encoding: .utf8)
        return python
    }

    private static func run(
        _ program: String, _ arguments: [String], _ complaint: String
    ) throws {
        let result = try ChildProcess.run(program, arguments)
        guard result.code == 0 else {
            throw NeverHappened(
                "Adobe's Python client for this test; \(complaint):\n\(result.errors)")
        }
    }
}
