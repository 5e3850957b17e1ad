import Foundation
import RelayCore
import RelayTesting
import Testing

/// Files of a running relay that somebody takes away or exchanges.
struct VanishingTests {
    private static let files = [
        "holdfast.db", "holdfast.db-wal", "holdfast.db-shm", "holdfast.lock",
    ]

    /// Posts until the relay refuses or has gone; what was acknowledged meanwhile.
    private func postUntilRefused(_ relay: RelayUnderTest) throws -> Set<String> {
        var ids: Set<String> = []
        var number = 1000
        try eventually("a refusal") {
            number += 1
            // The process may have gone by then: no answer is no promise either.
            guard let answer = try? relay.post(Samples.body(number)) else { return true }
            if let id = try? answer.json()["id"]?.string { ids.insert(id) }
            return answer.status == 503
        }
        return ids
    }

    @Test(arguments: files)
    func `a file that is deleted ends the promises at once`(name: String) throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start()
        #expect(try relay.post(Samples.body(1)).status == 200)
        let path = relay.dataDirectory + "/" + name
        try FileManager.default.removeItem(atPath: path)
        // Not one answer rests on a file that has no name any more.
        #expect(try postUntilRefused(relay).isEmpty)
        #expect(try relay.process?.waitUntilExit() == .code(1))
        try relay.process?.errors.waitUntilEnd()
        #expect(relay.log.contains("\(name) was moved or deleted"), "\(relay.log)")
    }

    @Test(arguments: ["holdfast.db", "holdfast.db-wal"])
    func `a file that is emptied ends the promises at once`(name: String) throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start()
        for number in 0..<20 { #expect(try relay.post(Samples.body(number)).status == 200) }
        let handle = FileHandle(forWritingAtPath: relay.dataDirectory + "/" + name)
        try handle?.truncate(atOffset: 0)
        try handle?.close()
        #expect(try postUntilRefused(relay).isEmpty)
        #expect(try relay.process?.waitUntilExit() == .code(1))
        try relay.process?.errors.waitUntilEnd()
        // Delivery may meet it first.
        let isTold =
            relay.log.contains("\(name) was cut short") || relay.log.contains("is damaged")
        #expect(isTold, "\(relay.log)")
    }

    @Test func `events that a cut log held are missed by every account`() throws {
        let platform = try SimulatorUnderTest()
        let settings = RelaySettings(inletURL: platform.inletURL)
        let relay = try RelayUnderTest(settings)
        try relay.start()
        for number in 0..<3 { #expect(try relay.post(Samples.body(number)).status == 200) }
        // The mark comes behind the answers.
        try eventually("the mark") {
            let path = relay.dataDirectory + "/holdfast.db-open"
            let mark = try String(contentsOfFile: path, encoding: .utf8).split(separator: " ")
            return mark.count > 3 && Int(mark[3]) == 3
        }
        try relay.kill()
        let log = FileHandle(forWritingAtPath: relay.dataDirectory + "/holdfast.db-wal")
        try log?.truncate(atOffset: 100)
        try log?.close()
        try relay.start()
        try finish(relay) {
            #expect(relay.log.contains("events that were acknowledged are missing"))
            for _ in 0..<2 {
                let audit = try relay.ask("audit", "--json")
                #expect(audit.code == 1)
                let account = try #require(try audit.json().first)
                #expect(account["balanced"] == false && account["difference"] == 0)
                #expect(account["missing"]?[0]?["deliveries"] == 3)
                #expect(try relay.ask("audit").output.contains("at least 3 acknowledged"))
                #expect(try relay.ask("status").output.contains("at least 3 acknowledged"))
                #expect(try relay.ask("status", "--json").json().first?["missing"] == 3)
                #expect(try relay.ask("verify").code == 0)
                // Nor is it forgotten by the next life, which misses nothing.
                #expect(try relay.stop() == .code(0))
                try relay.start()
            }
        }
    }

    /// By then another relay may run there, whose mark and log it would take away.
    @Test func `a relay without its lock ends nothing in good order`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start()
        #expect(try relay.post(Samples.body(1)).status == 200)
        try FileManager.default.removeItem(atPath: relay.dataDirectory + "/holdfast.lock")
        #expect(try relay.stop() == .code(1))
        for name in ["holdfast.db-open", "holdfast.db-wal"] {
            #expect(FileManager.default.fileExists(atPath: relay.dataDirectory + "/" + name))
        }
        try relay.start()
        try finish(relay) { try relay.list(state: "delivered", count: 1) }
    }

    @Test func `what a deleted log held is saved into the database`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start()
        try finish(relay) {
            for number in 0..<50 { #expect(try relay.post(Samples.body(number)).status == 200) }
            let before = Set(try relay.list().compactMap { $0["id"]?.string })
            try FileManager.default.removeItem(atPath: relay.dataDirectory + "/holdfast.db-wal")
            _ = try postUntilRefused(relay)
            #expect(try relay.process?.waitUntilExit() == .code(1))
            try relay.process?.errors.waitUntilEnd()
            try relay.start()
            let after = Set(try relay.list().compactMap { $0["id"]?.string })
            #expect(after.isSuperset(of: before))
            try relay.list(state: "delivered", count: try relay.list().count)
            #expect(try relay.ask("verify").code == 0)
        }
    }

    @Test func `a database that is exchanged for another is not written into`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start()
        #expect(try relay.post(Samples.body(1)).status == 200)
        let copy = relay.folder.file("copy.db")
        #expect(try relay.ask("backup", copy).code == 0)
        let bytes = FileManager.default.contents(atPath: copy)
        try FileManager.default.removeItem(atPath: relay.dataDirectory + "/holdfast.db")
        try FileManager.default.copyItem(
            atPath: copy, toPath: relay.dataDirectory + "/holdfast.db")
        #expect(try postUntilRefused(relay).isEmpty)
        #expect(try relay.process?.waitUntilExit() == .code(1))
        try relay.process?.errors.waitUntilEnd()
        let after = FileManager.default.contents(atPath: relay.dataDirectory + "/holdfast.db")
        #expect(after == bytes)
    }

    @Test func `a data directory that is deleted ends the process and a new start is fresh`() throws
    {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start()
        #expect(try relay.post(Samples.body(1)).status == 200)
        try FileManager.default.removeItem(atPath: relay.dataDirectory)
        #expect(try postUntilRefused(relay).isEmpty)
        #expect(try relay.process?.waitUntilExit() == .code(1))
        try relay.process?.errors.waitUntilEnd()
        try relay.start()
        try finish(relay) {
            let status = try relay.post(Samples.body(2)).status
            #expect(status == 200)
        }
    }
}
