import Foundation
import Glibc
import RelayCore
import RelayTesting
import Synchronization
import Testing

/// A relay that gets no more memory, under big bodies, many connections, a backlog and a
/// destination that hangs.
struct MemoryLimitTests {
    private static let mebibyte = 1 << 20
    private static let postsInAll = 400

    /// Takes connections and never answers.
    private let hanging: ListeningSocket
    private let relay: RelayUnderTest

    init() throws {
        hanging = try ListeningSocket()
        var settings = RelaySettings(
            inletURL: "http://127.0.0.1:\(hanging.port)/collection/hanging")
        settings.platform["concurrency"] = ["initial": 64, "max": 64]
        relay = try RelayUnderTest(settings)
    }

    @Test(
        .enabled(if: Requirements.isPlainBuild, "a sanitizer needs its address space: not run"),
        arguments: [
            ("ulimit -v 700000", "683 MiB of address space"),
            // Stacks of 200 MB, which do not fit 24 times.
            ("ulimit -v 2200000; ulimit -s 200000", "the 24 threads it needs"),
        ])
    func `too little of it is refused in one sentence at the start`(
        limit: String, words: String
    ) throws {
        let result = try ChildProcess.run(
            "/bin/sh",
            [
                "-c", "\(limit); exec \"$0\" \"$@\"", Program.holdfast, "serve", "--config",
                relay.configurationPath,
            ])
        #expect(result.code == 1)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
        try relay.start()
        try finish(relay) {
            let status = try relay.post(Samples.body(1)).status
            #expect(status == 200)
            // Its destination hangs: an orderly end would wait for it.
            try relay.kill()
        }
    }

    /// How much more the process may have than it has when nothing goes on, MiB.
    @Test(
        .enabled(if: Requirements.isPlainBuild, "a sanitizer needs its address space: not run"),
        arguments: [1, 8, 32])
    func `a relay that is refused memory ends, and loses nothing`(room: Int) throws {
        // With small stacks it is not threads that are refused first.
        try relay.start(before: ["/bin/sh", "-c", "ulimit -s 512; exec \"$0\" \"$@\""])
        let process = try #require(relay.process)
        var waiting: Set<String> = []
        for number in 0..<50 {
            waiting.insert(try #require(try relay.post(Samples.body(number)).json()["id"]?.string))
        }
        let limit = try size(of: process) + room * Self.mebibyte
        let prlimit = try #require(Program.onPath("prlimit"))
        let words = ["--pid", "\(process.identifier)", "--as=\(limit)"]
        #expect(try ChildProcess.run(prlimit, words).code == 0)
        // SQLite says so, and the store's failure ends the relay in order; Swift's own code ends
        // at once, here and there by writing to where nothing is.
        try endure(
            waiting,
            until: [
                .code(1), .signal(SIGILL), .signal(SIGTRAP), .signal(SIGABRT), .signal(SIGSEGV),
            ])
    }

    @Test(
        .enabled(
            if: MemoryGroup.isPossible,
            "no cgroup v2 with a memory controller to make a group in: not run here"))
    func `a relay that the kernel kills for its memory loses nothing`() throws {
        let group = try #require(MemoryGroup(limitBytes: 48 * Self.mebibyte))
        try relay.start(before: group.enter)
        try endure([], until: [.signal(SIGKILL)])
    }

    /// Posts until the relay has ended or has borne it all, then starts it without a limit.
    private func endure(_ waiting: Set<String>, until endings: [RelayTesting.ExitStatus]) throws {
        let process = try #require(relay.process)
        let load = Load(port: try #require(relay.port), clients: 48) { number in
            let padding = String(repeating: "x", count: number * 7919 % 900_000)
            return #"{"n":\#(number),"p":"\#(padding)"}"#
        }
        // Where a thread is refused, Dispatch waits and the relay stands still: it goes on when
        // there is memory, or a service manager ends it.
        try? eventually("the end of the relay or of the load") {
            !process.isRunning || load.tally.withLock { $0.next } > Self.postsInAll
        }
        if process.isRunning {
            try relay.kill()
        } else {
            let status = try process.waitUntilExit()
            #expect(endings.contains(status), "\(status) \(relay.log)")
        }
        try expectAll(waiting.union(try load.finish().ids))
    }

    private func expectAll(_ acknowledged: Set<String>) throws {
        let platform = try SimulatorUnderTest()
        relay.settings.platform["inletURL"] = .string(platform.inletURL)
        try relay.writeConfiguration()
        try relay.start()
        try finish(relay) {
            try eventually("every acknowledged event to be delivered") {
                let rows = try relay.list("--state", "delivered")
                return acknowledged.isSubset(of: rows.compactMap { $0["id"]?.string })
            }
            #expect(try relay.ask("verify").code == 0)
            #expect(try relay.stop() == .code(0))
            #expect(try relay.account().isBalanced)
        }
    }

    /// Of its address space, in bytes.
    private func size(of process: ChildProcess) throws -> Int {
        let path = "/proc/\(process.identifier)/statm"
        let pages = try String(contentsOfFile: path, encoding: .utf8).split(separator: " ").first
        return try #require(pages.flatMap { Int($0) }) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
