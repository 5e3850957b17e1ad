import Foundation
import RelayTesting

/// The files that the pages' commands find.
struct DocumentFiles {
    let folder: TemporaryFolder
    let page: MarkdownPage

    static let token = "InAfRTk2xt-gF4FokHN-DxcIatxrBdge"

    /// Whether the page has a relay in `prod`, or one of the package, which stands for it.
    var needProd: Bool {
        DocumentCommand.all(in: page).contains { command in
            NotRun.reason(command.line) == nil
                && ["prod/", "/etc/holdfast/", "$CHATLIO_TOKEN", ":9080"].contains {
                    command.line.contains($0)
                }
        }
    }

    func layPrograms() throws {
        for name in [".build/release", "prod", "etc/holdfast/credentials"] {
            try FileManager.default.createDirectory(
                atPath: folder.file(name), withIntermediateDirectories: true)
        }
        for (name, program) in [
            ("holdfast", Program.holdfast), ("platform-simulator", Program.platformSimulator),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.file(".build/release/\(name)"), withDestinationPath: program)
        }
        try write("fail-with-body\n", to: ".curlrc")
        try write(Self.bad, to: "bad.json5")
        for command in DocumentCommand.all(in: page) where command.line.hasPrefix("cat ") {
            try write(
                command.output.joined(separator: "\n"), to: String(command.line.dropFirst(4)))
        }
    }

    /// The configuration that the reference page shows whole, with an admin listener. Where a page
    /// shows a refusal, the disk is below its reserve.
    func writeProd(platform: Int, port: Int, admin: Int) throws {
        let reference = MarkdownPage.all.first { $0.path == "docs/configuration.md" }
        let text = reference?.blocks.first { $0.language == "json5" }?.text ?? ""
        let listener =
            "admin: { listen: \"127.0.0.1:\(admin)\", token: \"env:HOLDFAST_ADMIN_TOKEN\" }"
        let isFull = DocumentCommand.all(in: page).contains { $0.isRefused }
        let storage = isFull ? "  storage: { reserveBytes: 1000000000000000 },\n" : ""
        try write(
            text.replacing("127.0.0.1:8199", with: "127.0.0.1:\(platform)")
                .replacing("127.0.0.1:8080", with: "127.0.0.1:\(port)")
                .replacing("  sources: {", with: "\(storage)  \(listener),\n  sources: {"),
            to: "prod/holdfast.json5")
    }

    private func write(_ text: String, to name: String) throws {
        try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
    }

    /// Has the mistakes that the reference page shows the answer to.
    private static let bad = """
        {
          dataDirectory: "prod/data",
          intake: { listn: "127.0.0.1:8080", maxBodyBytes: 0 },
          sources: {
            chatlio: { kind: "chatlio", tokens: ["env:CHATLIO_TOKEN"], destination: "plattform" },
          },
          destinations: {
            platform: {
              kind: "platform", inletURL: "http://inlet.example/collection/1", timeoutMs: 0,
            },
          },
        }
        """
}
