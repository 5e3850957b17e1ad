import Foundation

/// What `docs/configuration.md` says of the settings, read from its tables.
struct ReferenceTable {
    struct Setting: Sendable, CustomStringConvertible {
        /// The heading it stands under, with the kind or scheme where there is one.
        let section: String
        /// Inside the section's object: `retention.delivered`.
        let key: String
        let byDefault: String
        let range: String

        var description: String { "\(section) / \(key)" }
    }

    private(set) var settings: [Setting] = []
    /// The keys that each `verify.scheme` has, `scheme` itself left out.
    private(set) var schemeKeys: [String: [String]] = [:]

    init(_ text: String) {
        var section = ""
        var heading = ""
        var columns: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("## ") {
                (section, heading) = (String(line.dropFirst(3)), String(line.dropFirst(3)))
            } else if line.hasPrefix("### ") {
                section = "\(heading) \(line.dropFirst(4))"
            } else if line.hasPrefix("`scheme: ") {
                section = "verify hmac"
            }
            guard line.hasPrefix("|") else {
                columns = []
                continue
            }
            let cells = Self.cells(line)
            if columns.isEmpty { columns = cells } else { add(cells, columns, section) }
        }
    }

    private mutating func add(_ cells: [String], _ columns: [String], _ section: String) {
        let names = Self.quoted(cells[0])
        guard !names.isEmpty else { return }
        if columns.first == "`verify.scheme`" {
            schemeKeys[names[0]] = Self.quoted(Self.withoutParentheses(cells[1]))
            return
        }
        guard columns.first == "Key" else { return }
        func cell(_ title: String) -> String {
            columns.firstIndex(of: title).map { cells[$0] } ?? ""
        }
        for name in names {
            settings.append(
                Setting(
                    section: section, key: name, byDefault: cell("Default"),
                    range: cell("Range").isEmpty ? cell("Type") : cell("Range")))
        }
    }

    private static func cells(_ line: Substring) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The texts between backticks.
    static func quoted(_ text: String) -> [String] {
        text.components(separatedBy: "`").enumerated().compactMap { place, piece in
            place % 2 == 1 ? piece : nil
        }
    }

    private static func withoutParentheses(_ text: String) -> String {
        var depth = 0
        return text.filter { character in
            if character == "(" { depth += 1 }
            defer { if character == ")" { depth -= 1 } }
            return depth == 0
        }
    }
}
