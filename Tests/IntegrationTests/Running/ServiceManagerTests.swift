import Foundation
import Glibc
import RelayCore
import RelayTesting
import Testing

/// What a service manager hears, played by a socket of the test.
struct ServiceManagerTests {
    private let manager: NotifySocket

    init() throws {
        manager = try NotifySocket()
    }

    private func withWatchedRelay(
        _ body: (RelayUnderTest, SimulatorUnderTest) throws -> Void
    ) throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start(environment: environment)
        try finish(relay) { try body(relay, platform) }
    }

    private var environment: [String: String] {
        ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "30000000"]
    }

    @Test func `READY is said once posts are answered, STOPPING before the end`() throws {
        try withWatchedRelay { relay, _ in
            let ready = try manager.wait(for: "READY", "1")
            #expect(manager.all[ready - 1]["STATUS"]?.contains("port \(relay.port ?? 0)") == true)
            #expect(try relay.post(Samples.body(1)).status == 200)
            #expect(try relay.stop() == .code(0))
            let words = manager.all.flatMap(\.keys).filter { ["READY", "STOPPING"].contains($0) }
            #expect(words == ["READY", "STOPPING"])
        }
    }

    @Test func `READY waits for a store that takes no write`() throws {
        let relay = try RelayUnderTest(RelaySettings(inletURL: "http://127.0.0.1:1/collection/x"))
        try relay.start()
        #expect(try relay.stop() == .code(0))
        let lock = try WriteLock(relay.dataDirectory + "/holdfast.db")
        try relay.launch(environment: environment)
        try finish(relay) {
            try eventually("a relay that has come as far as the store") {
                let files = try relay.openFiles()
                return files.contains { $0.hasSuffix("/holdfast.db-wal") }
            }
            #expect(manager.all.isEmpty)
            lock.release()
            try manager.wait(for: "READY", "1")
        }
    }

    @Test func `SIGHUP is told with its time, and so is a refusal`() throws {
        try withWatchedRelay { relay, _ in
            var heard = try manager.wait(for: "READY", "1")
            try relay.reload(expecting: "configuration read again")
            heard = try manager.wait(for: "RELOADING", "1", from: heard)
            let time = try #require(manager.all[heard - 1]["MONOTONIC_USEC"].flatMap(UInt64.init))
            #expect(time > 0)
            heard = try manager.wait(for: "READY", "1", from: heard)
            #expect(manager.all[heard - 1]["STATUS"]?.contains("refused") == false)
            try relay.writeConfiguration("{ no configuration }")
            try relay.reload(expecting: "the new configuration is refused")
            heard = try manager.wait(for: "READY", "1", from: heard)
            #expect(manager.all[heard - 1]["STATUS"]?.contains("refused") == true)
            #expect(try relay.post(Samples.body(1)).status == 200)
        }
    }

    @Test(
        .enabled(if: Requirements.canAttach, "this user may not trace a running process"),
        arguments: [("fdatasync", "writer", 200), ("recvfrom", "intake", 408)])
    func `the watchdog is fed while the relay works, and not once a part of it hangs`(
        call: String, part: String, status: Int
    ) throws {
        try withWatchedRelay { relay, _ in
            try manager.wait(for: "READY", "1")
            for _ in 0..<3 { try manager.wait(for: "WATCHDOG", "1", from: manager.all.count) }
            let process = try #require(relay.process)
            let tracer = try ChildProcess(
                try #require(Program.onPath("strace")),
                [
                    "-f", "-p", "\(process.identifier)", "-e", "trace=\(call)",
                    "-e", "inject=\(call):delay_enter=120000000", "-o", "/dev/null",
                ])
            try tracer.errors.line(containing: "attached")
            let client = try relay.connect()
            client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(1).utf8))
            let line = try process.errors.line(containing: "a part of the relay stands still")
            #expect(line.contains("\"part\":\"\(part)\""))
            let still = try manager.wait(for: "STATUS", from: 0) {
                $0.contains("The \(part) has not moved")
            }
            // Two more beats, of which the status tells and the watchdog hears nothing.
            let later = try manager.wait(for: "STATUS", from: still)
            #expect(manager.all[still..<later].allSatisfy { $0["WATCHDOG"] == nil })
            // The call comes back.
            tracer.signal(SIGINT)
            try tracer.waitUntilExit()
            // What stood there for longer than a request may take to arrive is told so.
            #expect(client.response()?.status == status)
            try manager.wait(for: "WATCHDOG", "1", from: later)
            try process.errors.line(containing: "a part of the relay moves again")
        }
    }

    @Test func `a manager that hears nothing does not hold the relay up`() throws {
        try withRelay { relay, _ in
            #expect(try relay.stop() == .code(0))
            try relay.start(environment: ["NOTIFY_SOCKET": "/nowhere", "WATCHDOG_USEC": "1000000"])
            #expect(try relay.post(Samples.body(1)).status == 200)
        }
    }
}
