package import Foundation

/// A page of the documents, taken apart into what a test can check: fenced blocks and links.
package struct MarkdownPage: Sendable, CustomStringConvertible {
    package struct Block: Sendable, CustomStringConvertible {
        package let page: String
        /// Of the opening fence, from 1.
        package let line: Int
        /// Empty for a block without one.
        package let language: String
        package let lines: [String]

        package var text: String { lines.joined(separator: "\n") }
        package var description: String { "\(page):\(line)" }
    }

    package struct Link: Sendable, CustomStringConvertible {
        package let page: String
        package let line: Int
        package let target: String

        package var description: String { "\(page):\(line) -> \(target)" }
    }

    package struct Span: Sendable, CustomStringConvertible {
        package let page: String
        package let line: Int
        package let text: String

        package var description: String { "\(page):\(line): \(text)" }
    }

    /// As seen from the top of the repository.
    package let path: String
    package private(set) var blocks: [Block] = []
    package private(set) var links: [Link] = []
    /// Words between backticks, outside of blocks.
    package private(set) var spans: [Span] = []
    /// As a link names them: lower case, blanks as dashes.
    package private(set) var anchors: Set<String> = []

    package var description: String { path }

    package init(path: String, text: String) {
        self.path = path
        var open: (line: Int, language: String, indent: Int, lines: [String])?
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let bare = line.drop { $0 == " " }
            if bare.hasPrefix("```") {
                if let block = open {
                    blocks.append(
                        Block(
                            page: path, line: block.line, language: block.language,
                            lines: block.lines))
                    open = nil
                } else {
                    open = (index + 1, String(bare.dropFirst(3)), line.count - bare.count, [])
                }
            } else if let indent = open?.indent {
                open?.lines.append(String(line.dropFirst(min(indent, line.count - bare.count))))
            } else {
                read(line, number: index + 1)
            }
        }
    }

    private mutating func read(_ line: Substring, number: Int) {
        if line.hasPrefix("#") {
            let title = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
            anchors.insert(
                String(
                    title.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
                        .map { $0 == " " ? "-" : $0 }))
        }
        for (place, text) in String(line).components(separatedBy: "`").enumerated()
        where place % 2 == 1 {
            spans.append(Span(page: path, line: number, text: text))
        }
        for piece in String(line).components(separatedBy: "](").dropFirst() {
            guard let end = piece.firstIndex(of: ")") else { continue }
            links.append(Link(page: path, line: number, target: String(piece[..<end])))
        }
    }

    /// The pages of this checkout: at its top, in `docs` and in `deploy`.
    package static let all: [MarkdownPage] = ["", "docs/", "deploy/"].flatMap { folder in
        let place = top.appending(path: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted().map { name in
            let data = FileManager.default.contents(atPath: place.appending(path: name).path)
            return MarkdownPage(
                path: folder + name, text: String(decoding: data ?? Data(), as: UTF8.self))
        }
    }

    /// Found from where this very file lies: Sources/RelayTesting/Documents.
    package static let top: URL = {
        var folder = URL(filePath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder
    }()
}
