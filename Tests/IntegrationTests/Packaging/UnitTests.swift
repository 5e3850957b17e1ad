import Foundation
import RelayTesting
import Testing

/// The units by themselves, for machines on which no other can be made.
struct UnitTests {
    private func analyze(_ words: String...) throws -> CommandResult {
        try ChildProcess.run(try #require(Program.onPath("systemd-analyze")), words)
    }

    @Test func `the service is confined well under 2`() throws {
        let result = try analyze(
            "security", "--offline=true", "--threshold=19",
            Checkout.path("deploy/holdfast.service"))
        #expect(result.code == 0, "\(result.output)")
    }

    @Test func `systemd finds nothing wrong with the units`() throws {
        let folder = try TemporaryFolder()
        for name in ["holdfast.service", "holdfast.socket", "holdfast-admin.socket"] {
            // It also looks whether the program is there.
            try Checkout.text("deploy/\(name)")
                .replacing("/usr/bin/holdfast", with: Program.holdfast)
                .write(toFile: folder.file(name), atomically: true, encoding: .utf8)
        }
        let result = try analyze(
            "verify", "--man=no", folder.file("holdfast.service"), folder.file("holdfast.socket"),
            folder.file("holdfast-admin.socket"))
        #expect(result.code == 0)
        #expect(result.errors == "")
    }
}
