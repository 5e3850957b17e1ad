import Foundation
import RelayTesting

/// Prometheus' own judge of metrics and rules, and the files it judges.
enum Promtool {
    static let path = Program.onPath("promtool")
    static var isThere: Bool { path != nil }

    /// A folder below `deploy`.
    static func deploy(_ name: String) -> String {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("deploy/\(name)").path
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: deploy(name), encoding: .utf8)
    }

    static func run(
        _ words: [String], in folder: String? = nil, input: [UInt8] = []
    ) throws -> CommandResult {
        let program = path ?? "promtool"
        guard let folder else { return try ChildProcess.run(program, words, input: input) }
        return try ChildProcess.run(
            "/bin/sh", ["-c", "cd \"$0\" && exec \"$@\"", folder, program] + words, input: input)
    }

    /// Metrics by the names of their families: a histogram's series end in a word of their own.
    static func names(in text: String, _ pattern: Regex<(Substring, Substring)>) -> Set<String> {
        Set(
            text.matches(of: pattern).map { match in
                var name = String(match.output.1)
                for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
                    name.removeLast(suffix.count)
                }
                return name
            })
    }
}
