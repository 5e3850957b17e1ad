import RelayCore
import Signing

/// The filter of a command line as one line, for what is written down and to tell an interrupted
/// change from another.
enum FilterWords {
    private static let idsShown = 3
    private static let leftOut: Set<String> = [
        "id", "db", "config", "yes", "dry-run", "json", "rate", "patch", "reason",
    ]

    static func of(_ invocation: Invocation, ids: Set<EventID>?) -> String {
        var words: [String] = []
        for (name, values) in invocation.options.sorted(by: { $0.key < $1.key })
        where !leftOut.contains(name) {
            for value in values.sorted() {
                words.append(value.isEmpty ? "--\(name)" : "--\(name) \(quoted(value))")
            }
        }
        if let ids {
            let names = ids.map(\.description).sorted()
            if names.count <= idsShown {
                words += names.map { "--id \($0)" }
            } else {
                let digest = SHA256.digest(Array(names.joined().utf8)).hex.prefix(12)
                words.append("--id - (\(names.count) ids, \(digest))")
            }
        }
        return words.joined(separator: " ")
    }

    private static func quoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !"'\"\\$`&|;<>()*?[]{}~#!".utf8.contains(byte)
        }
        return isPlain ? value : "'" + value.replacing("'", with: "'\\''") + "'"
    }
}
