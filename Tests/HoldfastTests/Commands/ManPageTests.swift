import Foundation
import Testing

@testable import holdfast

struct ManPageTests {
    private func page() throws -> String {
        // Tests/HoldfastTests/Commands/ManPageTests.swift
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let file = folder.appendingPathComponent("deploy/holdfast.1").path
        return String(
            decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
    }

    @Test func `the page of the package is the one the commands describe`() throws {
        let page = try page()
        for command in CommandTable.descriptions {
            let name = command.name.replacing("-", with: "\\-")
            #expect(page.contains(".SS \(name)"), "\(command.name)")
            let section = page.split(separator: ".SS ").first { $0.hasPrefix(name) } ?? ""
            for option in command.options {
                let text = "\\-\\-" + option.name.replacing("-", with: "\\-") + "\\fR"
                #expect(section.contains(text), "\(command.name) --\(option.name)")
            }
        }
        // 'holdfast completion man > deploy/holdfast.1' brings it up to date.
        #expect(page == CommandRun(["completion", "man"]).output)
    }

    @Test func `no line of the page begins with a stray request`() {
        let requests: Set<Substring> = [
            ".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".I", ".nf", ".fi", ".RS", ".RE", ".\\\"",
        ]
        for line in CommandRun(["completion", "man"]).lines where line.hasPrefix(".") {
            #expect(requests.contains(line.prefix { $0 != " " }), "\(line)")
        }
    }
}
