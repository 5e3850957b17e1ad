/// One text file of the checkout, with its path seen from the top.
struct SourceFile: Sendable {
    let path: String
    let text: String
    let lines: [Substring]
    /// Without words when this is no Swift file.
    let code: SwiftCode

    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
        code = SwiftCode(path.hasSuffix(".swift") ? text : "")
    }

    var isSwift: Bool { path.hasSuffix(".swift") }

    var name: String { String(path.split(separator: "/").last ?? "") }

    var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

    /// `Sources/X/…` and `Tests/X/…` belong to target X, `Migrations/…` to Migrations.
    var target: String? {
        let parts = path.split(separator: "/")
        guard let first = parts.first, parts.count > 1 else { return nil }
        if first == "Migrations" { return "Migrations" }
        guard first == "Sources" || first == "Tests", parts.count > 2 else { return nil }
        return String(parts[1])
    }

    var isTest: Bool { path.hasPrefix("Tests/") }

    func violation(_ line: Int, _ message: String) -> Violation {
        Violation(path: path, line: line, message: message)
    }
}
