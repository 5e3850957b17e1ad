import Foundation

/// All text files of the checkout this test was built from.
struct Checkout: Sendable {
    let files: [SourceFile]
    /// Names directly under the top folder.
    let topEntries: [String]

    init(files: [SourceFile], topEntries: [String] = []) {
        self.files = files
        self.topEntries = topEntries
    }

    static let own = Checkout(top: top)

    /// Found from where this very file lies.
    static let top: URL = {
        var folder = URL(filePath: #filePath)
        while folder.pathComponents.count > 1 {
            folder.deleteLastPathComponent()
            let manifest = folder.appending(path: "Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { break }
        }
        return folder
    }()

    /// What building and running leave behind, and what is no source.
    private static let skipped: Set<String> = [
        ".git", ".build", ".swiftpm", ".idea", ".vscode", "sandbox", "__pycache__", ".venv",
    ]

    private init(top: URL) {
        let names = Self.entries(of: top) ?? []
        topEntries = names
        files = names.flatMap { Self.read(top.appending(path: $0), path: $0) }
    }

    /// `nil` for what is no folder.
    private static func entries(of folder: URL) -> [String]? {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return names?.filter { !skipped.contains($0) }.sorted()
    }

    private static func read(_ place: URL, path: String) -> [SourceFile] {
        if let names = entries(of: place) {
            return names.flatMap { read(place.appending(path: $0), path: path + "/" + $0) }
        }
        guard let data = FileManager.default.contents(atPath: place.path),
            let text = String(data: data, encoding: .utf8)
        else { return [] }
        return [SourceFile(path, text)]
    }
}
