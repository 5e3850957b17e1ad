import Foundation
import RelayCore
import RelayTesting
import Testing

/// A wall clock that jumps by hours, while the relay runs and across its restarts.
struct WallClockTests {
    private static let hourMs: Int64 = 3_600_000

    private let platform: SimulatorUnderTest
    private let relay: RelayUnderTest
    private let clock: WallClockShift

    init() throws {
        platform = try SimulatorUnderTest()
        let folder = try TemporaryFolder()
        relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL), folder: folder)
        clock = try WallClockShift(in: folder)
    }

    @Test(arguments: [-5 * hourMs, 5 * hourMs])
    func `a jump while it runs neither stalls nor floods`(shiftMs: Int64) throws {
        try relay.start(before: clock.words)
        try finish(relay) {
            try platform.fault(["action": ["status": 500]])
            for number in 0..<5 { #expect(try relay.post(Samples.body(number)).status == 200) }
            try eventually("first attempts") { try relay.list("--status", "500").count == 5 }
            try clock.set(ms: shiftMs)
            if shiftMs > 0 {
                try relay.process?.errors.wait(for: "the wall clock has jumped ahead")
            }
            for number in 5..<10 { #expect(try relay.post(Samples.body(number)).status == 200) }
            let before = try platform.collections()
            try eventually("attempts after the jump") {
                try platform.collections() > before + 10
            }
            try platform.heal()
            try relay.list(state: "delivered", count: 10)
            // Back again, while everything is well.
            try clock.set(ms: 0)
            #expect(try relay.post(Samples.body(10)).status == 200)
            try relay.list(state: "delivered", count: 11)
            #expect(try relay.stop() == .code(0))
            #expect(try relay.account().isBalanced)
        }
    }

    @Test(arguments: [-400 * 24 * hourMs, 400 * 24 * hourMs])
    func `a clock that is wrong by a year at the start costs no event`(shiftMs: Int64) throws {
        try relay.start(before: clock.words)
        try platform.fault(["action": ["status": 500]])
        for number in 0..<5 { #expect(try relay.post(Samples.body(number)).status == 200) }
        try eventually("an attempt at each") { try relay.list("--status", "500").count == 5 }
        try relay.stop()
        try clock.set(ms: shiftMs)
        try relay.start(before: clock.words)
        try finish(relay) {
            let before = try platform.collections()
            try eventually("attempts with the wrong clock") {
                try platform.collections() > before + 20
            }
            #expect(try relay.list("--state", "expired").isEmpty)
            #expect(try relay.list("--state", "dead").isEmpty)
            // Somebody sets it right; the relay still runs.
            try clock.set(ms: 0)
            try platform.heal()
            try relay.list(state: "delivered", count: 5)
            #expect(try relay.post(Samples.body(6)).status == 200)
            try relay.list(state: "delivered", count: 6)
            #expect(try relay.stop() == .code(0))
            #expect(try relay.account().isBalanced)
        }
    }
}
