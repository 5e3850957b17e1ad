import Foundation
import RelayCore
import RelayTesting

/// The libraries with which vendors sign and their customers verify, in a Python environment of
/// its own beside the built programs. It is made once and then found again.
enum VendorLibraries {
    /// The versions the tests were written against.
    private static let packages = [
        "standardwebhooks==1.1.0", "stripe==16.1.0", "slack_sdk==3.47.0",
    ]

    /// Nil when Python is not there or its packages cannot be had.
    static let python: String? = try? environment()

    /// Answers in the order of the tasks.
    static func perform(_ tasks: [JSONValue]) throws -> [JSONValue] {
        guard let python else { throw NeverHappened("the vendors' libraries") }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("vendors.py").path
        let input = tasks.flatMap { $0.serialized() + [UInt8(ascii: "\n")] }
        let result = try ChildProcess.run(python, [script], input: input)
        guard result.code == 0 else {
            throw NeverHappened("an answer of \(script): \(result.errors)")
        }
        return try result.json()
    }

    private static func environment() throws -> String {
        let folder = URL(fileURLWithPath: Program.holdfast).deletingLastPathComponent()
            .appendingPathComponent("vendor-libraries")
        let python = folder.appendingPathComponent("bin/python3").path
        let marker = folder.appendingPathComponent("packages.txt")
        let wanted = packages.joined(separator: "\n")
        if (try? String(contentsOf: marker, encoding: .utf8)) == wanted { return python }
        guard let maker = Program.onPath("python3") else { throw NeverHappened("a Python") }
        try run(maker, ["-m", "venv", "--clear", folder.path])
        try run(
            python,
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"] + packages)
        // Last, so that an environment half made is made again.
        try wanted.write(to: marker, atomically: true, encoding: .utf8)
        return python
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let result = try ChildProcess.run(program, arguments)
        guard result.code == 0 else { throw NeverHappened("\(arguments): \(result.errors)") }
    }
}
