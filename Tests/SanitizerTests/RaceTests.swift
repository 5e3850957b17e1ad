import Foundation
import RelayTesting
import Testing

/// What the thread sanitizer makes of our ways to hand something over.
@Suite(.enabled(if: Sanitizer.thread.isLinkedIn)) struct RaceTests {
    /// How the sanitizer ends a process that it has reported.
    private static let reported = ExitTest.Condition.exitCode(66)

    private func expectRace(_ result: ExitTest.Result?, in function: String) {
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("race"))
        #expect(said.contains(function), "\(said)")
    }

    // MARK: Reported

    @Test func `a variable that nothing guards is reported`() async {
        let result = await #expect(
            processExitsWith: Self.reported, observing: [\.standardErrorContent]
        ) { Racing.unguarded() }
        expectRace(result, in: "unguarded")
    }

    @Test func `a lock that one side does not take is reported`() async {
        let result = await #expect(
            processExitsWith: Self.reported, observing: [\.standardErrorContent]
        ) { Racing.forgottenLock() }
        expectRace(result, in: "forgottenLock")
    }

    @Test func `two locks for one variable are reported`() async {
        let result = await #expect(
            processExitsWith: Self.reported, observing: [\.standardErrorContent]
        ) { Racing.wrongLock() }
        expectRace(result, in: "wrongLock")
    }

    @Test func `what was touched after a lock that was waited for is reported`() async {
        let result = await #expect(
            processExitsWith: Self.reported, observing: [\.standardErrorContent]
        ) { try Racing.touchedAfterUnlocking() }
        expectRace(result, in: "touchedAfterUnlocking")
    }

    @Test func `a variable of two queues is reported`() async {
        let result = await #expect(
            processExitsWith: Self.reported, observing: [\.standardErrorContent]
        ) { Racing.twoQueues() }
        expectRace(result, in: "twoQueues")
    }

    // MARK: Understood

    @Test func `what was waited for under a lock is understood`() async {
        await #expect(processExitsWith: .success) { try Ordered.waiting() }
    }

    @Test func `threads that crowd before a lock are understood`() async {
        await #expect(processExitsWith: .success) { Ordered.crowd() }
    }

    @Test func `queues, groups and semaphores are understood`() async {
        await #expect(processExitsWith: .success) { Ordered.queues() }
    }

    @Test func `timers and sources are understood`() async {
        await #expect(processExitsWith: .success) { Ordered.sources() }
    }
}
