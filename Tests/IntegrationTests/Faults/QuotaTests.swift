import Foundation
import Glibc
import RelayCore
import RelayTesting
import Synchronization
import Testing

/// A relay under load that reaches a quota of the file system.
struct QuotaTests {
    private let platform: SimulatorUnderTest

    init() throws { platform = try SimulatorUnderTest() }

    /// In front of a command: a signal that ends it is no bad access of its own.
    private static var withoutReports: [String] {
        let options = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] ?? ""
        return ["/usr/bin/env", "ASAN_OPTIONS=\(options):handle_sigbus=0"]
    }

    private func relay(in folder: String) throws -> RelayUnderTest {
        try RelayUnderTest(
            RelaySettings(inletURL: platform.inletURL), dataDirectory: folder + "/relay")
    }

    /// Events until the quota is reached, or the relay has ended.
    private func load(_ relay: RelayUnderTest) throws -> Load.Tally {
        let load = Load(port: try #require(relay.port), clients: 8) { number in
            let padding = String(repeating: "x", count: number * 7919 % 100_000)
            return #"{"n":\#(number),"p":"\#(padding)"}"#
        }
        try eventually("a refusal") {
            load.tally.withLock { ($0.statuses[503] ?? 0) > 20 }
                || relay.process?.isRunning == false
        }
        return try load.finish()
    }

    private func expectDelivered(_ ids: Set<String>, by relay: RelayUnderTest) throws {
        try eventually("every acknowledged event to be delivered") {
            let rows = try relay.list("--state", "delivered")
            return ids.isSubset(of: rows.compactMap { $0["id"]?.string })
        }
    }

    @Test(
        .enabled(
            if: Requirements.canLimitUser,
            "no ext4 with a quota here (root, a loop device, CONFIG_QFMT_V2): not run"),
        arguments: [false, true])
    func `a quota is a full disk, and intake comes back when it grows`(killed: Bool) throws {
        let disk = try SmallDisk(megabytes: 128, .userQuota)
        try disk.limitUser(megabytes: 32)
        let relay = try relay(in: disk.path)
        try platform.fault(["action": ["status": 503]])
        try relay.start(before: SmallDisk.underQuota)
        try finish(relay) {
            let tally = try load(relay)
            #expect(Set(tally.statuses.keys) == [200, 503], "\(tally.statuses)")
            #expect(tally.refused == 0 && tally.unanswered == 0)
            if killed {
                try relay.kill()
                try relay.start(before: SmallDisk.underQuota)
            }
            let answer = try relay.post(String(repeating: "x", count: 900_000))
            #expect(answer.status == 503 && answer.header("Retry-After") != nil)
            // What is stored goes out and is recorded meanwhile.
            try platform.heal()
            try expectDelivered(tally.ids, by: relay)
            try disk.limitUser(megabytes: 100)
            try eventually("room again") { try relay.post(Samples.body(1)).status == 200 }
            #expect(try relay.stop() == .code(0))
            #expect(try relay.account().isBalanced)
        }
    }

    /// btrfs takes new room for what is written over old, also for the log's index, which is
    /// mapped into memory, and for the removal of a file: at the quota nothing can be written at
    /// all, and what touches the index is ended by a signal.
    @Test(
        .enabled(
            if: Requirements.canLimitFolder,
            "mounting a file as btrfs with a quota is not possible here: not run"))
    func `a quota of btrfs may end the relay, and nothing acknowledged is lost`() throws {
        let disk = try SmallDisk(megabytes: 256, .folderQuota)
        try disk.limitFolder(megabytes: 32)
        let relay = try relay(in: disk.path + "/data")
        try platform.fault(["action": ["status": 503]])
        try relay.start(before: Self.withoutReports)
        let tally = try load(relay)
        #expect(tally.ids.count > 20)
        #expect(Set(tally.statuses.keys).isSubset(of: [200, 503]), "\(tally.statuses)")
        if relay.process?.isRunning == true { try relay.kill() }
        let status = try relay.process?.waitUntilExit()
        #expect(status == .signal(SIGKILL) || status == .signal(SIGBUS) || status == .code(1))
        try platform.heal()
        try disk.limitFolder(megabytes: 200)
        try relay.start()
        try finish(relay) {
            try eventually("room again") { try relay.post(Samples.body(1)).status == 200 }
            try expectDelivered(tally.ids, by: relay)
            #expect(try relay.ask("verify").code == 0)
            #expect(try relay.stop() == .code(0))
            #expect(try relay.account().isBalanced)
        }
    }
}
