import Foundation
import RelayTesting

/// The files of this repository, for tests of what is shipped beside the program.
enum Checkout {
    /// Found from where this very file lies.
    static let top: String = {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.pathComponents.count > 1 {
            folder.deleteLastPathComponent()
            let manifest = folder.appendingPathComponent("Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { break }
        }
        return folder.path
    }()

    static func path(_ relative: String) -> String { top + "/" + relative }

    static func text(_ relative: String) throws -> String {
        try String(contentsOfFile: path(relative), encoding: .utf8)
    }
}
