/// A shell script that goes on after a failure does damage quietly.
enum ShellScripts {
    static func check(_ file: SourceFile) -> [Violation] {
        guard isScript(file) else { return [] }
        var violations: [Violation] = []
        if !file.text.hasPrefix("#!") {
            violations.append(file.violation(1, "a script starts with #!"))
        }
        let firstCommand = file.lines.first { !$0.hasPrefix("#") && !$0.isEmpty }
        if firstCommand != "set -euo pipefail" && firstCommand != "set -eu" {
            violations.append(
                file.violation(1, "the first command is `set -euo pipefail` (or `set -eu` for sh)"))
        }
        return violations
    }

    private static func isScript(_ file: SourceFile) -> Bool {
        if file.path.hasSuffix(".sh") { return true }
        if file.path.hasPrefix(".ci/") && !file.name.contains(".") { return true }
        guard let first = file.lines.first, first.hasPrefix("#!") else { return false }
        return first.hasSuffix("/sh") || first.hasSuffix("bash") || first.hasSuffix("/dash")
    }
}
