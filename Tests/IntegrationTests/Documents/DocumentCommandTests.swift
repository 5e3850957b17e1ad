import RelayTesting
import Testing

/// The commands of the pages, run in their order on a machine as the pages have it. A new page is
/// run as soon as it is there; what cannot be run stands in `NotRun`.
struct DocumentCommandTests {
    private static let pages = MarkdownPage.all.filter { page in
        DocumentCommand.all(in: page).contains { NotRun.reason($0.line) == nil }
    }

    @Test(arguments: pages)
    func `every command of a page does what the page shows`(page: MarkdownPage) throws {
        let world = try DocumentWorld(page)
        for command in DocumentCommand.all(in: page) where NotRun.reason(command.line) == nil {
            let result = try world.run(command)
            #expect(result.code == expectedCode(command), "\(command): \(result.said)")
            let missing = OutputShape(command.output).missing(in: result.said)
            #expect(missing == nil, "\(command): \(result.said)")
        }
    }

    @Test func `whatever is not run has a reason, and stands in a page`() {
        let lines = MarkdownPage.all.flatMap { DocumentCommand.all(in: $0).map(\.line) }
        for entry in NotRun.all {
            #expect(lines.contains { entry.covers($0) }, "\(entry)")
        }
        for substitution in Substitution.all {
            #expect(lines.contains { $0.contains(substitution.shown) }, "\(substitution)")
        }
        for happening in DocumentWorld.Happening.all {
            #expect(lines.contains { $0.hasPrefix(happening.before) }, "\(happening)")
        }
    }

    @Test func `a shape misses what was not said`() {
        let shape = OutputShape(["ID  AGE  STATE", "{\"id\":1}", "held      3", "1 event gone"])
        let said = "ID  AGE  STATE\n{\"id\":2}\nheld   4\n20 events gone\n"
        #expect(shape.missing(in: said) == nil)
        for (word, other) in [
            ("AGE", "AGED"), ("\"id\"", "\"no\""), ("held", "hold"), ("gone", ""),
        ] {
            #expect(shape.missing(in: said.replacing(word, with: other)) != nil, "\(word)")
        }
    }

    /// As the contract has it: 1 when a part could not be done, 2 for a configuration with
    /// mistakes, 3 when nothing matched.
    private func expectedCode(_ command: DocumentCommand) -> Int32 {
        // curl's, which is told to mind the answer.
        if command.isRefused { return 22 }
        if command.output.contains(where: { $0.hasPrefix("holdfast: ") }) { return 2 }
        if command.output.contains(where: { $0.contains(" left alone because ") }) { return 1 }
        // In the machine of the test nothing is a week old.
        return command.line.hasPrefix("holdfast list --state expired") ? 3 : 0
    }
}
