/// What a visitor sees first is fixed; everything else has a place further in.
enum TopLevel {
    static let entries: Set<String> = [
        "Package.swift", "Makefile", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md",
        "CHANGELOG.md", "Sources", "Tests", "Migrations", "deploy", "docs",
    ]

    static func check(_ checkout: Checkout) -> [Violation] {
        checkout.topEntries.filter { !entries.contains($0) && !$0.hasPrefix(".") }.map {
            Violation(path: $0, line: 1, message: "does not belong at the top level")
        }
    }
}
