// TidyTests: the habits of the code, held by a test instead of by memory.
//
// For: reading every text file of the checkout and naming, with file and line, what breaks a rule
// of CONTRIBUTING.md: imports against the arrows, sizes, banned words, access, pages, titles,
// scripts.
//
// Promises: reads only; knows Swift well enough to skip comments, literals and names in backticks;
// each rule has a planted violation in Planted/, so that no rule can stop working unnoticed.
//
// Must never: change a file, start a program, or need anything built.
//
// Fails: one issue for each violation, all of them in one run.

import Testing

@Suite struct TidyTests {
    @Test func `the checkout is found`() {
        #expect(Checkout.own.topEntries.contains("Package.swift"))
        #expect(Checkout.own.files.contains { $0.path == "Package.swift" })
        #expect(Checkout.own.files.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
    }

    @Test(arguments: Rule.all)
    func `the checkout keeps the rules`(rule: Rule) {
        for violation in rule.check(Checkout.own) {
            Issue.record("\(violation)")
        }
    }
}
