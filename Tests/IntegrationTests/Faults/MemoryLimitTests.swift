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
    private static let answersInAll = 400
    /// In a row, so that one shortage that passes is not taken for the end.
    private static let looksRefused = 50

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

    /// How much more the process may have than it has when nothing goes on, MiB; and in how many
    /// arenas. Each reserves 64 MiB when it is made, in which the heap then grows without asking:
    /// with as many as usual the relay may find room enough.
    @Test(
        .enabled(if: Requirements.isPlainBuild, "a sanitizer needs its address space: not run"),
        arguments: [1, 8, 16], [1, 16])
    func `a relay that is refused memory ends, and loses nothing`(
        room: Int, arenas: Int
    ) throws {
        // With small stacks it is not threads that are refused first.
        try relay.start(
            before: ["/bin/sh", "-c", "ulimit -s 512; exec \"$0\" \"$@\""],
            environment: ["MALLOC_ARENA_MAX": "\(arenas)"])
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
            ], mayBear: arenas > 1)
    }

    @Test(
        .enabled(
            if: MemoryGroup.isPossible,
            "no cgroup v2 with a memory controller to make a group in: not run here"))
    func `a relay that the kernel kills for its memory loses nothing`() throws {
        let group = try #require(MemoryGroup(limitBytes: 48 * Self.mebibyte))
        try relay.start(before: group.enter)
        try endure([], until: [.signal(SIGKILL)], mayBear: true)
    }

    /// Whatever else a relay does that stands still is a hang.
    @Test func `who is refused a thread is told from who hangs`() throws {
        let sleeper = try ChildProcess("/bin/sleep", ["1000"])
        try eventually("a thread that sleeps") { sleeper.isRefusedThread }
        try relay.start()
        let process = try #require(relay.process)
        process.signal(SIGSTOP)
        #expect(!process.isRefusedThread)
        try relay.kill()
    }

    private enum Ending: Equatable {
        case ended(RelayTesting.ExitStatus)
        /// A thread was refused it, and Dispatch waits for one: it goes on when there is memory,
        /// or a service manager ends it.
        case stoodStill
        /// It took everything.
        case bore
    }

    /// Posts until the relay has ended, has borne it all or is refused a thread, then starts it
    /// without a limit.
    private func endure(
        _ waiting: Set<String>, until endings: [RelayTesting.ExitStatus], mayBear: Bool
    ) throws {
        let process = try #require(relay.process)
        let load = Load(port: try #require(relay.port), clients: 48) { number in
            let padding = String(repeating: "x", count: number * 7919 % 900_000)
            return #"{"n":\#(number),"p":"\#(padding)"}"#
        }
        let ending = try ending(of: process, under: load, mayBear: mayBear)
        FileHandle.standardError.write(Data("short of memory, the relay \(ending)\n".utf8))
        if case .ended(let status) = ending {
            #expect(endings.contains(status), "\(status) \(relay.log)")
        } else {
            try relay.kill()
        }
        try expectAll(waiting.union(try load.finish().ids))
    }

    private func ending(
        of process: ChildProcess, under load: Load, mayBear: Bool
    ) throws -> Ending {
        var looks = 0
        var ending: Ending?
        try eventually("the end of the relay, of the load, or a thread that is refused") {
            // Who is about to end listens no more: only answers count.
            let answers = load.tally.withLock { $0.statuses.values.reduce(0, +) }
            looks = process.isRefusedThread ? looks + 1 : 0
            if !process.isRunning {
                ending = .ended(try process.waitUntilExit())
            } else if looks == Self.looksRefused {
                ending = .stoodStill
            } else if mayBear, answers > Self.answersInAll {
                ending = .bore
            }
            return ending != nil
        }
        return try #require(ending)
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
