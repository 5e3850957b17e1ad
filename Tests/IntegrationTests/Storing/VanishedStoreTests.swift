import Foundation
import RelayCore
import RelayTesting
import Testing

/// A promise about a file that nobody can open any more is none.
struct VanishedStoreTests {
    @Test func `a database that is moved away ends the promises and the process`() throws {
        let platform = try SimulatorUnderTest()
        let folder = try TemporaryFolder()
        let data = folder.file("data")
        let relay = try RelayUnderTest(
            RelaySettings(inletURL: platform.inletURL), dataDirectory: data)
        try relay.start()
        let first = try relay.post(Samples.body(1))
        #expect(first.status == 200)
        try FileManager.default.moveItem(
            atPath: data + "/holdfast.db", toPath: folder.file("moved.db"))
        var number = 1
        try eventually("a refusal") {
            number += 1
            // The process may have gone by then: no answer is no promise either.
            let status = (try? relay.post(Samples.body(number)))?.status
            return status == nil || status == 503
        }
        #expect(try relay.process?.waitUntilExit() == .code(1))
        // A supervisor starts it again: the log that holds the event must outlive that.
        for _ in 0..<2 {
            let again = try relay.ask("serve")
            #expect(again.code == 1)
            #expect(again.errors.contains("put the database back"), "\(again.errors)")
        }
        try FileManager.default.moveItem(
            atPath: folder.file("moved.db"), toPath: data + "/holdfast.db")
        try relay.start()
        try finish(relay) {
            let id = try first.json()["id"]?.string
            // Beside it may be what was stored and not promised.
            try eventually("the event") {
                try relay.list("--state", "delivered").contains { $0["id"]?.string == id }
            }
            #expect(try relay.account().isBalanced)
        }
    }
}
