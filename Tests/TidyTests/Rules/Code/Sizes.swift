/// The numbers that keep the code easy to enter.
enum Sizes {
    static let fileLines = 400
    static let functionLines = 70
    static let lineColumns = 100
    static let folderSwiftFiles = 12

    static func check(_ checkout: Checkout) -> [Violation] {
        let swiftFiles = checkout.files.filter(\.isSwift)
        return swiftFiles.flatMap { files($0) + lines($0) + functions($0, $0.code) }
            + folders(swiftFiles)
    }

    static func files(_ file: SourceFile) -> [Violation] {
        guard file.lines.count > fileLines else { return [] }
        let message = "\(file.lines.count) lines, at most \(fileLines): split it by topic"
        return [file.violation(fileLines + 1, message)]
    }

    static func lines(_ file: SourceFile) -> [Violation] {
        file.lines.enumerated().compactMap { index, line in
            // The byte count is quick and never smaller than the column count.
            guard line.utf8.count > lineColumns, line.count > lineColumns else { return nil }
            return file.violation(index + 1, "\(line.count) columns, at most \(lineColumns)")
        }
    }

    static func functions(_ file: SourceFile, _ code: SwiftCode) -> [Violation] {
        FunctionBodies.find(in: code).compactMap { body in
            guard body.lineCount > functionLines else { return nil }
            let message = "\(body.lineCount) lines in \(body.name), at most \(functionLines)"
            return file.violation(body.firstLine, message)
        }
    }

    static func folders(_ swiftFiles: [SourceFile]) -> [Violation] {
        let byFolder = Dictionary(grouping: swiftFiles, by: \.folder)
        return byFolder.sorted { $0.key < $1.key }.compactMap { folder, files in
            guard files.count > folderSwiftFiles else { return nil }
            let message =
                "\(files.count) Swift files, at most \(folderSwiftFiles): make sub-folders by verb"
            return Violation(path: folder, line: 1, message: message)
        }
    }
}
