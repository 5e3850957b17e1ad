import Glibc
import RelayCore
import RelayRuntime
import RelayTesting
import Testing

@Suite struct ServiceManagerTests {
    private let clock = ManualClock()

    private func manager(_ environment: [String: String]) -> ServiceManager {
        ServiceManager(environment: environment, clock: clock)
    }

    @Test func `without a manager nobody is told and nobody watches`() {
        for environment in [[:], ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": ""]] {
            #expect(!manager(environment).ready("x"))
            #expect(manager(environment).watchdogMs == nil)
        }
        #expect(!manager(["NOTIFY_SOCKET": "/nowhere/at/all"]).ready("x"))
        let tooLong = "/" + String(repeating: "n", count: 200)
        #expect(!manager(["NOTIFY_SOCKET": tooLong]).ready("x"))
    }

    @Test func `each change arrives as one message in the manager's words`() throws {
        let socket = try NotifySocket()
        let manager = manager(["NOTIFY_SOCKET": socket.path])
        #expect(manager.ready("taking events"))
        manager.status("two\nlines")
        manager.alive()
        manager.reloading("again")
        manager.stopping("the end")
        let microseconds = String(clock.monotonicNanoseconds / 1000)
        #expect(
            socket.all == [
                ["READY": "1", "STATUS": "taking events"],
                ["STATUS": "two lines"],
                ["WATCHDOG": "1"],
                ["RELOADING": "1", "MONOTONIC_USEC": microseconds, "STATUS": "again"],
                ["STOPPING": "1", "STATUS": "the end"],
            ])
    }

    @Test func `the watchdog is for the process it names`() {
        #expect(manager(["WATCHDOG_USEC": "30000000"]).watchdogMs == 30_000)
        let own = ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid())"]
        #expect(manager(own).watchdogMs == 30_000)
        #expect(manager(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"]).watchdogMs == nil)
        #expect(manager(["WATCHDOG_USEC": "0"]).watchdogMs == nil)
        #expect(manager(["WATCHDOG_USEC": "soon"]).watchdogMs == nil)
    }

    private func inherited(_ environment: [String: String]) -> [InheritedSockets.Socket] {
        InheritedSockets(environment: environment).all
    }

    @Test func `sockets for another process are left alone`() {
        #expect(inherited([:]).isEmpty)
        #expect(inherited(["LISTEN_PID": "1", "LISTEN_FDS": "1"]).isEmpty)
        for count in ["0", "-1", "65", "many"] {
            #expect(inherited(["LISTEN_PID": "\(getpid())", "LISTEN_FDS": count]).isEmpty)
        }
    }
}
