/// FoundationEssentials brings files and processes along; the pure targets must leave them alone.
enum PureTargets {
    private static let outward: Set<String> = [
        "FileManager", "FileHandle", "URLSession", "URLRequest", "Process", "ProcessInfo",
        "InputStream", "OutputStream", "contentsOfFile", "Thread", "DispatchQueue",
    ]

    static func check(_ file: SourceFile, _ code: SwiftCode) -> [Violation] {
        guard let target = file.target, ImportTable.pureTargets.contains(target) else { return [] }
        return code.words.filter { outward.contains($0.text) }.map {
            file.violation($0.line, "\(target) is pure: pass the value in instead of \($0.text)")
        }
    }
}
