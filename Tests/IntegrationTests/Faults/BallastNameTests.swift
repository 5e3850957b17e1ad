import Foundation
import Glibc
import RelayTesting
import Testing

/// Something else has the name of the ballast.
struct BallastNameTests {
    @Test(arguments: ["folder", "pipe", "link"])
    func `what is no plain file is told at the start, and is no full disk`(kind: String) throws {
        try withScene { relay in
            let path = relay.dataDirectory + "/holdfast.ballast"
            switch kind {
            case "folder": try make(folder: path)
            case "pipe": #expect(unsafe mkfifo(path, 0o600) == 0)
            default: #expect(unsafe symlink("/dev/null", path) == 0)
            }
            let refused = try relay.ask("serve")
            #expect(refused.code == 1 && refused.errors.split(separator: "\n").count == 1)
            #expect(refused.errors.contains("\(path): is no plain file; remove it"))
            try FileManager.default.removeItem(atPath: path)
            try relay.start()
            #expect(try relay.post(Samples.body(1)).status == 200)
            try relay.list(state: "delivered", count: 1)
        }
    }

    private func make(folder path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
    }

    private func withScene(_ body: (RelayUnderTest) throws -> Void) throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try make(folder: relay.dataDirectory)
        try finish(relay) { try body(relay) }
    }
}
