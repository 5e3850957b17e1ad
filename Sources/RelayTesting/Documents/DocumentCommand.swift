/// A command line that a page shows, with what the page shows as its output.
package struct DocumentCommand: Sendable, CustomStringConvertible {
    package let block: MarkdownPage.Block
    package let line: String
    /// Empty in a block that shows commands alone.
    package var output: [String] = []

    package var description: String { "\(block): \(line)" }

    /// The page shows an HTTP answer that is none of success.
    package var isRefused: Bool {
        output.contains { $0.hasPrefix("HTTP/1.1 4") || $0.hasPrefix("HTTP/1.1 5") }
    }

    /// `sh` blocks are commands; in a block without a language they begin with `$ `.
    package static func all(in page: MarkdownPage) -> [DocumentCommand] {
        page.blocks.flatMap { block in
            switch block.language {
            case "sh", "bash", "shell": return script(block)
            case "", "console": return session(block)
            default: return []
            }
        }
    }

    /// Lines that end in a backslash go on; comments and blank lines are none.
    private static func script(_ block: MarkdownPage.Block) -> [DocumentCommand] {
        var commands: [DocumentCommand] = []
        var begun = ""
        for line in block.lines {
            if line.hasSuffix("\\") {
                begun += line.dropLast()
                continue
            }
            let whole = withoutComment(begun + line)
            begun = ""
            guard !whole.isEmpty else { continue }
            commands.append(DocumentCommand(block: block, line: whole))
        }
        return commands
    }

    private static func session(_ block: MarkdownPage.Block) -> [DocumentCommand] {
        var commands: [DocumentCommand] = []
        for line in block.lines {
            if line.hasPrefix("$ ") {
                commands.append(DocumentCommand(block: block, line: String(line.dropFirst(2))))
            } else if !commands.isEmpty {
                commands[commands.count - 1].output.append(line)
            }
        }
        return commands
    }

    private static func withoutComment(_ line: String) -> String {
        var text = line
        if text.hasPrefix("#") { return "" }
        if let comment = text.firstRange(of: " #") { text = String(text[..<comment.lowerBound]) }
        while text.last == " " { text.removeLast() }
        return text
    }

    /// The words behind `holdfast` in each call of it, without what a shell does with the rest.
    package var calls: [[String]] {
        words.split { ["|", ">", "&&", ";"].contains($0) }.compactMap { words in
            guard let program = words.indices.first(where: { Self.isProgram(at: $0, in: words) })
            else { return nil }
            return Array(words[(program + 1)...])
        }
    }

    /// As a shell divides a line, as far as the pages make use of it.
    private var words: [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            switch character {
            case quote: quote = nil
            case "\"" where quote == nil, "'" where quote == nil:
                quote = character
                word = word ?? ""
            case " " where quote == nil:
                if let word { words.append(word) }
                word = nil
            case ";" where quote == nil, ")" where quote == nil:
                if let word { words.append(word) }
                words.append(";")
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }

    /// The word is the program's name, and no option's value: a user is called `holdfast`, too.
    private static func isProgram(at place: Int, in words: ArraySlice<String>) -> Bool {
        let word = words[place]
        let isNamed =
            word == "holdfast" || word.hasSuffix("bin/holdfast") || word.hasSuffix("$(holdfast")
            || word.hasSuffix("release/holdfast")
        guard isNamed, place > words.startIndex else { return isNamed }
        let before = words[place - 1]
        return before == "--" || !before.hasPrefix("-")
    }
}
