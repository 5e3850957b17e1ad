import Foundation
import RelayCore
import RelayTesting
import Testing

@Suite(.enabled(if: Requirements.canMount, "mounting a small file system needs root: not run here"))
struct ReadOnlyVolumeTests {
    private let disk: SmallDisk
    private let platform: SimulatorUnderTest
    private let relay: RelayUnderTest

    init() throws {
        disk = try SmallDisk(megabytes: 32)
        platform = try SimulatorUnderTest()
        relay = try RelayUnderTest(
            RelaySettings(inletURL: platform.inletURL), dataDirectory: disk.path + "/data")
    }

    @Test func `a store closed in good order can be asked on a volume for reading only`() throws {
        try relay.start()
        #expect(try relay.post(Samples.body(1)).status == 200)
        try relay.list(state: "delivered", count: 1)
        try relay.stop()
        try disk.remount("ro")
        #expect(try relay.list().count == 1)
        for command in ["audit", "status", "verify", "shape"] {
            let result = try relay.ask(command)
            #expect([0, 3].contains(result.code), "\(command): \(result.errors)")
        }
        for words in [["hold", "platform"], ["replay", "--all", "--yes"], ["discard", "--all"]] {
            let result = try relay.run(words + ["--config", relay.configurationPath])
            #expect(result.code != 0)
            #expect(
                result.code == 3 || result.errors.contains("can only be read"),
                "\(words): \(result.errors)")
        }
        let started = try relay.ask("serve")
        #expect(started.code == 1)
        #expect(started.errors.contains("can only be read"), "\(started.errors)")
        try disk.remount("rw")
        try relay.start()
        try finish(relay) {
            let status = try relay.post(Samples.body(2)).status
            #expect(status == 200)
        }
    }

    @Test(
        .enabled(
            if: Requirements.canLoop, "mounting a file as ext4 is not possible here: not run"))
    func `a file system that gives up on itself ends the promises and loses nothing`() throws {
        let disk = try SmallDisk(megabytes: 48, .file)
        let relay = try RelayUnderTest(
            RelaySettings(inletURL: platform.inletURL), dataDirectory: disk.path + "/data")
        try platform.fault(["action": ["status": 503]])
        try relay.start()
        var ids: Set<String> = []
        for number in 0..<20 {
            ids.insert(try #require(try relay.post(Samples.body(number)).json()["id"]?.string))
        }
        // What the kernel does when it meets damage.
        try disk.remount("abort")
        try eventually("a refusal") {
            // The process may have gone by then: no answer is no promise either.
            guard let answer = try? relay.post(Samples.body(20)) else { return true }
            #expect(answer.status == 503)
            return answer.status == 503
        }
        #expect(try relay.process?.waitUntilExit() == .code(1))
        try relay.process?.errors.waitUntilEnd()
        #expect(relay.log.contains("the store has failed"), "\(relay.log)")
        let second = try relay.ask("serve")
        #expect(second.code == 1 && second.errors.contains("can only be read"))
        try disk.mountAnew()
        try platform.heal()
        try relay.start()
        try finish(relay) {
            let rows = try relay.list(state: "delivered", count: 20)
            #expect(Set(rows.compactMap { $0["id"]?.string }) == ids)
            #expect(try relay.ask("verify").code == 0)
        }
    }

    @Test func `with a log beside it the store is not guessed at`() throws {
        try relay.start()
        #expect(try relay.post(Samples.body(1)).status == 200)
        try relay.kill()
        try FileManager.default.removeItem(atPath: relay.dataDirectory + "/holdfast.db-shm")
        try disk.remount("ro")
        let database = relay.dataDirectory + "/holdfast.db"
        // SQLite has the log beside what a link leads to.
        let link = relay.folder.file("snapshot.db")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: database)
        let restored = relay.folder.file("restored.db")
        for words in [
            ["list", "--db", database], ["list", "--db", link], ["verify", link],
            ["restore", database, "--db", restored], ["restore", link, "--db", restored],
        ] {
            let result = try relay.run(words)
            #expect(result.code == 1, "\(words): \(result.output)")
            #expect(result.errors.contains("log"), "\(words): \(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: restored))
        try disk.remount("rw")
        #expect(try relay.run(["restore", link, "--db", restored]).code == 0)
        #expect(try relay.run(["list", "--all", "--json", "--db", restored]).json().count == 1)
        #expect(try relay.list().count == 1)
    }
}
