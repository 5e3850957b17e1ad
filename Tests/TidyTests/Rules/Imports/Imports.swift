/// Every `import` line must be an arrow of the table. The package manager alone would let a target
/// import whatever some dependency of a dependency happens to build.
enum Imports {
    private static let kinds: Set<String> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]

    static func check(_ file: SourceFile, _ code: SwiftCode) -> [Violation] {
        guard file.target != nil else { return [] }
        return modules(code).compactMap { module, line in
            guard let allowed = ImportTable.allowed(file) else {
                return file.violation(line, "this target is not in ImportTable.swift")
            }
            return allowed.contains(module) ? nil : file.violation(line, reason(file, module))
        }
    }

    static func modules(_ code: SwiftCode) -> [(module: String, line: Int)] {
        code.words.indices.compactMap { index in
            let word = code.words[index]
            guard word.text == "import", index + 1 < code.words.count else { return nil }
            var named = code.words[index + 1]
            if kinds.contains(named.text), index + 2 < code.words.count {
                named = code.words[index + 2]
            }
            return named.line == word.line ? (named.text, word.line) : nil
        }
    }

    private static func reason(_ file: SourceFile, _ module: String) -> String {
        let target = file.target ?? file.path
        if ImportTable.cModules.contains(module) {
            return "\(target) must not import \(module): only its Swift wrapper does"
        }
        if ["RelayIntake", "RelayDelivery"] == Set([target, module]) {
            return "intake and delivery never import each other; they meet in RelayStore"
        }
        return "\(target) must not import \(module): no such arrow in ImportTable.swift"
    }
}
