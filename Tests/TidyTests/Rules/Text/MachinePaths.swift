/// Files must not tell where they were written or which mirrors were near. The patterns are written
/// in two parts, so that this file passes its own rule.
enum MachinePaths {
    static let patterns = [
        "/wo" + "rk/", "deb.deb" + "ian.org", "py" + "pi.org", "files.python" + "hosted.org",
        "registry.npm" + "js.org", "proxy.go" + "lang.org",
    ]

    static func check(_ file: SourceFile) -> [Violation] {
        patterns.filter(file.text.contains).flatMap { pattern in
            file.lines.enumerated().filter { $0.element.contains(pattern) }.map {
                file.violation(
                    $0.offset + 1, "\(pattern) belongs to one machine, not to the project")
            }
        }
    }
}
