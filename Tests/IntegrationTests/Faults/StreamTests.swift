import Foundation
import Glibc
import RelayCore
import RelayTesting
import Testing

/// Streams and neighbours of the process that are not what they should be.
struct StreamTests {
    @Test func `a log that nobody reads holds up nothing`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        let fifo = relay.folder.file("log")
        #expect(unsafe mkfifo(fifo, 0o600) == 0)
        // Held open for reading and not read: it fills up.
        let reader = unsafe open(fifo, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        defer { close(reader) }
        let port = try ListeningSocket.freePort()
        relay.settings.intake["listen"] = .string("127.0.0.1:\(port)")
        relay.settings.extra["log"] = ["level": "debug"]
        try relay.writeConfiguration()
        try relay.launch(before: ["/bin/sh", "-c", "exec \"$0\" \"$@\" 2>\(fifo)"])
        try relay.waitUntilListening(at: port)
        // Each refused reload says a line for every problem: far more than a pipe holds.
        try relay.writeConfiguration("{ sources: {}, wrong: [" + words(2000) + "] }")
        for number in 0..<60 {
            relay.process?.signal(SIGHUP)
            #expect(try relay.post(Samples.body(number)).status == 200)
        }
        try relay.writeConfiguration()
        try relay.list(state: "delivered", count: 60)
        #expect(try relay.stop() == .code(0))
    }

    private func words(_ count: Int) -> String {
        (0..<count).map { "\"word \($0)\"" }.joined(separator: ", ")
    }

    @Test(arguments: ["2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
    func `without standard streams the relay works and writes into no file of its own`(
        closing: String
    ) throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        let port = try ListeningSocket.freePort()
        relay.settings.intake["listen"] = .string("127.0.0.1:\(port)")
        try relay.writeConfiguration()
        try relay.launch(before: ["/bin/sh", "-c", "exec \"$0\" \"$@\" \(closing)"])
        try relay.waitUntilListening(at: port)
        relay.process?.signal(SIGHUP)
        for number in 0..<10 { #expect(try relay.post(Samples.body(number)).status == 200) }
        try relay.list(state: "delivered", count: 10)
        let identifier = try #require(relay.process?.identifier)
        for number in 0...2 {
            let target = try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/\(identifier)/fd/\(number)")
            #expect(!target.hasPrefix(relay.dataDirectory) && !target.hasPrefix("socket:"))
        }
        #expect(try relay.stop() == .code(0))
        #expect(try relay.ask("verify").code == 0)
        let lock = try String(
            contentsOfFile: relay.dataDirectory + "/holdfast.lock", encoding: .utf8)
        #expect(lock.split(separator: "\n").count == 1)
    }

    @Test func `a storm of SIGHUP with a broken configuration changes nothing`() throws {
        try withRelay { relay, _ in
            try relay.writeConfiguration("{ sources: ")
            for number in 0..<200 {
                relay.process?.signal(SIGHUP)
                if number % 10 == 0 {
                    #expect(try relay.post(Samples.body(number)).status == 200)
                }
            }
            try relay.reload(expecting: "the new configuration is refused")
            try relay.writeConfiguration()
            try relay.reload(expecting: "configuration read again")
            #expect(try relay.post(Samples.body(1000)).status == 200)
            try relay.list(state: "delivered", count: 21)
        }
    }

    @Test func `a service manager that is not there is no fault`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        let gone = relay.folder.file("notify")
        try relay.start(before: ["/usr/bin/env", "NOTIFY_SOCKET=\(gone)"])
        try finish(relay) {
            let status = try relay.post(Samples.body(1)).status
            #expect(status == 200)
        }
    }
}
