import Foundation
import RelayCore
import RelayTesting
import Testing

struct DiskTests {
    private func expectUnavailable(_ answer: RawResponse) throws {
        #expect(answer.status == 503)
        let wait = try #require(answer.header("Retry-After").flatMap { Int($0) })
        #expect((1...60).contains(wait))
        #expect(answer.header("Content-Type") == "application/problem+json")
        let problem = try answer.json()
        #expect(problem["status"] == 503)
        #expect(problem["title"]?.string?.isEmpty == false)
        #expect(problem["detail"]?.string?.contains("not stored") == true)
    }

    @Test func `below the reserve the answer is 503 and what is stored goes out`() throws {
        try withRelay { relay, platform in
            try platform.fault(["action": ["status": 503]])
            #expect(try relay.post(Samples.body(1)).status == 200)
            try relay.stop()
            relay.settings.storage["reserveBytes"] = .integer(Int64(1) << 60)
            try relay.writeConfiguration()
            try relay.start()
            try expectUnavailable(try relay.post(Samples.body(2)))
            try expectUnavailable(try relay.post("no json"))
            try platform.heal()
            try relay.list(state: "delivered", count: 1)
            #expect(try relay.list().count == 1)
        }
    }

    @Test(
        .enabled(
            if: Requirements.canMount, "mounting a small file system needs root: not run here"))
    func `a full disk answers 503 and heals by itself`() throws {
        let disk = try SmallDisk(megabytes: 24)
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(
            RelaySettings(inletURL: platform.inletURL), dataDirectory: disk.path + "/data")
        try relay.start()
        try finish(relay) {
            try platform.fault(["action": ["status": 503]])
            try disk.fill(leavingBytes: 4_000_000)
            var ids: Set<String> = []
            let padding = String(repeating: "x", count: 100_000)
            var number = 0
            func post() throws -> RawResponse {
                number += 1
                let answer = try relay.post(#"{"n":\#(number),"p":"\#(padding)"}"#)
                if let id = try? answer.json()["id"]?.string { ids.insert(id) }
                return answer
            }
            var answer = try post()
            while answer.status == 200, number < 1000 { answer = try post() }
            try expectUnavailable(answer)
            #expect(ids.count > 5)
            try expectUnavailable(try post())
            #expect(relay.process?.isRunning == true)
            #expect(try Set(relay.list().compactMap { $0["id"]?.string }) == ids)
            #expect(try relay.ask("status").code == 0)
            try disk.freeAgain()
            try eventually("a post that is taken again") { try post().status == 200 }
            try platform.heal()
            let rows = try relay.list(state: "delivered", count: ids.count)
            #expect(Set(rows.compactMap { $0["id"]?.string }) == ids)
            #expect(try relay.stop() == .code(0))
            #expect(try relay.account().isBalanced)
        }
    }

    @Test(
        .enabled(
            if: Requirements.canMount, "mounting a small file system needs root: not run here"))
    func `a disk that fills beside the relay stops intake at the reserve`() throws {
        let disk = try SmallDisk(megabytes: 24)
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.storage["reserveBytes"] = 4_000_000
        let relay = try RelayUnderTest(settings, dataDirectory: disk.path + "/data")
        try relay.start()
        try finish(relay) {
            #expect(try relay.post(Samples.body(0)).status == 200)
            try disk.fill(leavingBytes: 3_000_000)
            try eventually("the reserve") { try relay.post(Samples.body(1)).status == 503 }
            try expectUnavailable(try relay.post(Samples.body(2)))
            try disk.freeAgain()
            try eventually("space again") { try relay.post(Samples.body(3)).status == 200 }
            try eventually("everything delivered") {
                try relay.list().allSatisfy { $0["state"] == "delivered" }
            }
        }
    }
}
