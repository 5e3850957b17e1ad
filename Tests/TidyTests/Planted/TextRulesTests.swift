import Testing

@Suite struct TextRulesTests {
    @Test func `a target without a page is found`() {
        let page = String(repeating: "// Line.\n", count: TargetPages.pageLines)
        let with = SourceFile("Sources/A/A.swift", page + "struct A {}\n")
        let without = SourceFile("Sources/B/C/B.swift", "// One line.\nstruct B {}\n")
        let test = SourceFile("Tests/ATests/ATests.swift", "import Testing\n")
        let found = TargetPages.check(Checkout(files: [with, without, test]))
        #expect(found.map(\.path) == ["Sources/B/C/B.swift"])
    }

    @Test func `a Markdown file has one title outside code`() {
        func lines(_ text: String) -> [Int] {
            MarkdownTitles.check(SourceFile("docs/a.md", text)).map(\.line)
        }
        #expect(lines("# A\n\n## B\n\n```sh\n# no title\n```\n") == [])
        #expect(lines("# A\n\n~~~~\n~~~\n# no title\n~~~~\n#no title\n") == [])
        #expect(lines("## A\n") == [1])
        #expect(lines("") == [1])
        #expect(lines("# A\n```\n```\n# B\n") == [4])
        #expect(MarkdownTitles.check(SourceFile("a.txt", "")).isEmpty)
    }

    @Test(arguments: MachinePaths.patterns)
    func `a trace of one machine is found in any file`(pattern: String) {
        let file = SourceFile("deploy/Dockerfile", "FROM debian\nRUN \(pattern)\n")
        #expect(MachinePaths.check(file).map(\.line) == [2])
    }

    @Test func `a stranger at the top level is found`() {
        let checkout = Checkout(
            files: [], topEntries: ["Sources", "scripts", ".github", "notes.md", "README.md"])
        #expect(TopLevel.check(checkout).map(\.path) == ["scripts", "notes.md"])
    }

    @Test(arguments: [
        (".ci/run", "set -euo pipefail\n"), (".ci/run", "#!/bin/bash\nset -e\n"),
        ("deploy/debian/postinst", "#!/bin/sh\n# why\n\nadduser\nset -eu\n"), ("a.sh", ""),
        ("tool", "#!/usr/bin/env bash\necho\n"),
    ])
    func `a careless shell script is found`(path: String, text: String) {
        #expect(ShellScripts.check(SourceFile(path, text)).count == (text.isEmpty ? 2 : 1))
    }

    @Test(arguments: [
        (".ci/run", "#!/usr/bin/env bash\n# why\nset -euo pipefail\n"),
        ("deploy/debian/postinst", "#!/bin/sh\nset -eu\n"), (".ci/count.awk", "{ print }\n"),
        ("tool.py", "#!/usr/bin/env python3\nimport os\n"), ("a.swift", "import A\n"),
    ])
    func `a strict shell script and other files pass`(path: String, text: String) {
        #expect(ShellScripts.check(SourceFile(path, text)).isEmpty)
    }

    @Test func `every rule of the list finds something in a bad checkout`() {
        let source = """
            import RelayStore
            public final class A: @unchecked Sendable {
                let text = unsafe FileManager.default.contents(atPath: "a")!
                // \("TO" + "DO") \(String(repeating: "-", count: Sizes.lineColumns))
            }
            """
        let bad = Checkout(
            files: [
                SourceFile("Sources/RelayCore/A.swift", source),
                SourceFile("deploy/a.md", MachinePaths.patterns[0]),
                SourceFile("deploy/a.sh", "echo\n"),
            ], topEntries: ["scripts"])
        for rule in Rule.all {
            #expect(!rule.check(bad).isEmpty, "\(rule)")
        }
    }
}
