import Foundation

/// What a newcomer reads after `make run`.
struct SandboxGreeting {
    let folder: SandboxFolder
    let configuration: Configuration
    let port: Int
    let simulatorURL: String
    let program: String

    var lines: [String] {
        let base = "http://127.0.0.1:\(port)/hooks/chatlio"
        let urls = HookSettings.chatlioNames.map { "  \(base)/\($0)/\(folder.token)" }
        let sample = #"{"visitor":{"email":"ana@example.org"},"message":"Hello?"}"#
        return [
            "The sandbox is running. Webhook URLs, one for each of Chatlio's fields:", "",
        ] + urls + [
            "", "Send a sample event from another terminal:", "",
            "  curl -d '\(sample)' \(base)/unanswered/\(folder.token)",
            "", "See what became of it:", "",
            "  \(program) list --db \(database)",
            "  \(program) status --db \(database)",
            "  \(program) show ID --body --db \(database)",
            "", "What Platform received: \(simulatorURL)/",
            "Ctrl-C stops it; the data stays in \(shown(folder.path)).", "",
        ]
    }

    private var database: String { shown(folder.path + "/holdfast.db") }

    /// Relative to where the reader is, when that is shorter.
    private func shown(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }
}
