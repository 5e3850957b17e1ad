import Foundation
import RelayTesting
import Testing

/// A relay that starts after its disk has failed, see `StoreFile+Failure`.
struct StartAfterFailureTests {
    /// The locks of a process on a file are gone when it closes any descriptor of that file. Then
    /// the next command that ends would take the log away, as the last one that uses it.
    @Test func `it keeps its hold of the files when a command comes and goes`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start()
        #expect(try relay.post(Samples.body(1)).status == 200)
        try relay.stop()
        let note = relay.dataDirectory + "/holdfast.db-failed"
        #expect(FileManager.default.createFile(atPath: note, contents: nil))
        try relay.start()
        try finish(relay) {
            #expect(relay.log.contains("read from the disk anew"), "\(relay.log)")
            #expect(!FileManager.default.fileExists(atPath: note))
            #expect(try relay.ask("hold", "platform").code == 0)
            #expect(try relay.post(Samples.body(2)).status == 200)
            #expect(try relay.ask("release", "platform").code == 0)
            #expect(try relay.post(Samples.body(3)).status == 200)
            try relay.list(state: "delivered", count: 3)
        }
    }

    /// The admin listener changes the store from inside the relay's process.
    @Test func `nor does a note that a command leaves beside it cost it its hold`() throws {
        try withAdmin { relay, _ in
            let note = relay.dataDirectory + "/holdfast.db-failed"
            #expect(FileManager.default.createFile(atPath: note, contents: nil))
            _ = try relay.operate("/destinations/platform/hold", method: "POST")
            #expect(try relay.ask("hold", "platform").code == 0)
            #expect(try relay.post(Samples.body(1)).status == 200)
            #expect(try relay.ask("release", "platform").code == 0)
            #expect(try relay.post(Samples.body(2)).status == 200)
            try relay.list(state: "delivered", count: 2)
            #expect(FileManager.default.fileExists(atPath: note), "it is for the next start")
        }
    }
}
