import Foundation
import RelayCore
import RelayTesting
import Testing

@Suite(.enabled(if: Requirements.canMount, "mounting a small file system needs root: not run here"))
struct FullDiskStartTests {
    private let platform: SimulatorUnderTest

    init() throws { platform = try SimulatorUnderTest() }

    private func place(_ kind: SmallDisk.Kind = .memory) throws -> (SmallDisk, RelayUnderTest) {
        let disk = try SmallDisk(megabytes: 48, kind)
        let relay = try RelayUnderTest(
            RelaySettings(inletURL: platform.inletURL), dataDirectory: disk.path + "/data")
        return (disk, relay)
    }

    private func hasBallast(_ relay: RelayUnderTest) -> Bool {
        FileManager.default.fileExists(atPath: relay.dataDirectory + "/holdfast.ballast")
    }

    /// Events that wait for a Platform that is busy, and a relay that has gone.
    private func leaveWaiting(
        _ count: Int, on relay: RelayUnderTest, killing: Bool
    ) throws {
        try platform.fault(["action": ["status": 503]])
        try relay.start()
        for number in 0..<count { #expect(try relay.post(Samples.body(number)).status == 200) }
        #expect(hasBallast(relay))
        if killing { try relay.kill() } else { try relay.stop() }
    }

    @Test(arguments: [false, true], [SmallDisk.Kind.memory, .file])
    func `on a full disk the relay starts, refuses, delivers and heals`(
        killed: Bool, kind: SmallDisk.Kind
    ) throws {
        guard kind == .memory || Requirements.canLoop else { return }
        let (disk, relay) = try place(kind)
        try leaveWaiting(20, on: relay, killing: killed)
        try disk.fillCompletely()
        try platform.heal()
        try relay.start()
        try finish(relay) {
            let answer = try relay.post(Samples.body(100))
            #expect(answer.status == 503 && answer.header("Retry-After") != nil)
            let rows = try relay.list(state: "delivered", count: 20)
            #expect(rows.count == 20)
            #expect(!hasBallast(relay))
            #expect(try relay.ask("audit").code == 0)
            #expect(relay.log.contains("the disk reserve is reached"))
            // The record survives a restart on the disk that is still full.
            #expect(try relay.stop() == .code(0))
            try relay.start()
            #expect(try relay.list().count == 20)
            #expect(try relay.post(Samples.body(101)).status == 503)
            try disk.freeAgain()
            try eventually("space again") { try relay.post(Samples.body(102)).status == 200 }
            #expect(hasBallast(relay))
            try relay.list(state: "delivered", count: 21)
            #expect(try relay.stop() == .code(0))
            #expect(try relay.account().isBalanced)
        }
    }

    @Test func `a log larger than the ballast keeps no relay from starting`() throws {
        let (disk, relay) = try place()
        try platform.fault(["action": ["status": 503]])
        try relay.start()
        let padding = String(repeating: "x", count: 100_000)
        for number in 0..<120 {
            let status = try relay.post("{\"n\":\(number),\"text\":\"\(padding)\"}").status
            #expect(status == 200)
        }
        try relay.kill()
        try disk.fillCompletely()
        try platform.heal()
        try relay.start()
        try finish(relay) {
            #expect(try relay.post(Samples.body(1)).status == 503)
            #expect(try relay.list(state: "delivered", count: 120).count == 120)
            try relay.kill()
            // Nor does a second start on the same disk.
            try relay.start()
            try disk.freeAgain()
            try eventually("space again") { try relay.post(Samples.body(2)).status == 200 }
            #expect(try relay.account().isBalanced)
        }
    }

    @Test func `commands on a full disk read, and say what they cannot write`() throws {
        let (disk, relay) = try place()
        try leaveWaiting(3, on: relay, killing: false)
        try FileManager.default.removeItem(atPath: relay.dataDirectory + "/holdfast.ballast")
        try disk.fillCompletely()
        #expect(try relay.list().count == 3)
        #expect(try relay.ask("audit").code == 0)
        #expect(try relay.ask("status").code == 0)
        for words in [["hold", "platform"], ["discard", "--all", "--yes"]] {
            let result = try relay.run(words + ["--config", relay.configurationPath])
            #expect(result.code == 1)
            #expect(result.errors.contains("the disk is full"), "\(result.errors)")
        }
        let copy = disk.path + "/copy.db"
        let backup = try relay.ask("backup", copy)
        #expect(backup.code == 1)
        #expect(!FileManager.default.fileExists(atPath: copy))
        #expect(try relay.list("--state", "queued").count == 3)
        // And beside a relay that found room by itself.
        try disk.freeAgain()
        try relay.start()
        try finish(relay) {
            let result = try relay.ask("discard", "--all", "--yes")
            #expect(result.code == 0, "\(result.errors)\(relay.log)")
        }
    }

    @Test func `a first start without any room is refused in one sentence`() throws {
        let (disk, relay) = try place()
        try disk.fillCompletely()
        let result = try relay.ask("serve")
        #expect(result.code == 1)
        #expect(result.errors.contains("the disk is full"), "\(result.errors)")
        try disk.freeAgain()
        try relay.start()
        try finish(relay) {
            let status = try relay.post(Samples.body(1)).status
            #expect(status == 200)
        }
    }
}
