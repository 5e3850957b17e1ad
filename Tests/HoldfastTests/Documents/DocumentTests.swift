import Foundation
import RelayCore
import RelayTesting
import Testing

@testable import holdfast

/// What the documents say of commands, files and settings. A new page is covered as soon as it is
/// there.
struct DocumentTests {
    @Test(arguments: MarkdownPage.all)
    func `every link to a file leads to one, and every anchor to a heading`(
        page: MarkdownPage
    ) throws {
        for link in page.links where !link.target.contains("://") {
            let parts = link.target.split(
                separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let folder = page.path.split(separator: "/").dropLast().joined(separator: "/")
            let place = MarkdownPage.top.appending(path: folder).appending(path: parts[0])
            let path = parts[0].isEmpty ? page.path : "\(folder)/\(parts[0])"
            #expect(
                parts[0].isEmpty || FileManager.default.fileExists(atPath: place.path), "\(link)")
            guard parts.count == 2, let other = Self.page(path) else { continue }
            #expect(other.anchors.contains(String(parts[1])), "\(link)")
        }
    }

    @Test(arguments: MarkdownPage.all)
    func `every command line is one that the program takes`(page: MarkdownPage) throws {
        let parser = CommandLineParser(commands: CommandTable.descriptions)
        for command in DocumentCommand.all(in: page) {
            for words in command.calls {
                #expect(throws: Never.self, "\(command)") { _ = try parser.parse(words) }
            }
        }
    }

    @Test(arguments: MarkdownPage.all)
    func `a command inside a sentence has a name and options that exist`(page: MarkdownPage) {
        for span in page.spans where span.text.hasPrefix("holdfast ") {
            for call in span.text.components(separatedBy: "| ") {
                let words = call.split { " []".contains($0) }.map { String($0) }
                guard words.count > 1, words[0] == "holdfast" else { continue }
                let command = CommandTable.descriptions.first { $0.name == words[1] }
                #expect(command != nil, "\(span)")
                for word in words where word.hasPrefix("--") {
                    let name = word.dropFirst(2).prefix { $0 != "=" }
                    #expect(command?.option(String(name)) != nil, "\(span)")
                }
            }
        }
    }

    @Test(arguments: MarkdownPage.all)
    func `every piece of configuration is valid`(page: MarkdownPage) throws {
        for block in page.blocks where block.language == "json5" {
            let problems = try ConfigurationFragment(block.text).problems()
            #expect(problems.isEmpty, "\(block)")
        }
    }

    @Test(arguments: MarkdownPage.all)
    func `every door that is named is in the Makefile`(page: MarkdownPage) throws {
        let makefile = FileManager.default.contents(
            atPath: MarkdownPage.top.appending(path: "Makefile").path)
        let doors = String(decoding: makefile ?? Data(), as: UTF8.self)
        for command in DocumentCommand.all(in: page) where command.line.hasPrefix("make ") {
            let door = command.line.split(separator: " ")[1]
            #expect(doors.contains("\n\(door):"), "\(command)")
        }
    }

    @Test func `the README names every command`() throws {
        let readme = FileManager.default.contents(
            atPath: MarkdownPage.top.appending(path: "README.md").path)
        let rows = String(decoding: readme ?? Data(), as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("| `") }.joined(separator: "\n")
        let words = Set(
            rows.components(
                separatedBy: CharacterSet.letters.union(.init(charactersIn: "-")).inverted))
        for command in CommandTable.descriptions {
            #expect(words.contains(command.name), "\(command.name)")
        }
    }

    private static func page(_ path: String) -> MarkdownPage? {
        let wanted = URL(filePath: "/\(path)").standardized.path.dropFirst()
        return MarkdownPage.all.first { $0.path == wanted }
    }
}
