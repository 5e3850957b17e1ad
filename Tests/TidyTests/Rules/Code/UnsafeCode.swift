/// Pointers stay in the targets that wrap C, in the runtime, and in tests.
enum UnsafeCode {
    static let allowedTargets: Set<String> = [
        "SQLite", "HTTPServer", "HTTPClient", "Signing", "RelayRuntime", "RelayTesting",
    ]

    static func check(_ file: SourceFile, _ code: SwiftCode) -> [Violation] {
        guard let target = file.target, !file.isTest, !allowedTargets.contains(target) else {
            return []
        }
        return code.words.filter { $0.text == "unsafe" }.map {
            file.violation(
                $0.line,
                "\(target) must do without `unsafe`: move this into the target that wraps it")
        }
    }
}
