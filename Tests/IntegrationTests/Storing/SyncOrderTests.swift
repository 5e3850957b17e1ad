import Foundation
import RelayCore
import RelayTesting
import Testing

/// The proof that needs no trust in our own code: what the kernel was asked, in its order.
struct SyncOrderTests {
    @Test(.enabled(if: Requirements.canTrace, "strace is missing or not allowed: not run here"))
    func `the log is synced before the 200 leaves`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        let trace = relay.folder.file("trace")
        let strace = try #require(Program.onPath("strace"))
        let calls = "fdatasync,fsync,sendto,sendmsg,writev,write,pwrite64"
        // -D: the relay stays our own child, so that signals reach it and not the tracer.
        try relay.start(
            before: [strace, "-D", "-f", "-yy", "-s", "9000", "-e", "trace=\(calls)", "-o", trace])
        try finish(relay) {
            #expect(try relay.post(#"{"marker":"kept-before-said"}"#).status == 200)
            #expect(try relay.stop() == .code(0))
            var lines: [Substring] = []
            try eventually("the end of the trace") {
                let text = try String(contentsOfFile: trace, encoding: .isoLatin1)
                lines = text.split(separator: "\n")
                return lines.contains {
                    $0.contains("+++ exited with 0 +++")
                        && $0.hasPrefix(
                            "\(relay.process?.identifier ?? 0) ")
                }
            }
            let written = try #require(
                lines.firstIndex {
                    $0.contains("pwrite64(") && $0.contains("holdfast.db-wal>")
                        && $0.contains("kept-before-said")
                })
            let answered = try #require(lines.firstIndex { $0.contains("HTTP/1.1 200") })
            let synced = try #require(syncReturned(in: lines, after: written))
            #expect(written < synced && synced < answered)
        }
    }

    /// The line at which a sync of the log, begun after `start`, came back with success.
    private func syncReturned(in lines: [Substring], after start: Int) -> Int? {
        let names = ["fdatasync(", "fsync("]
        for index in lines.indices where index > start {
            let line = lines[index]
            guard names.contains(where: { line.contains($0) }), line.contains("holdfast.db-wal>")
            else { continue }
            if line.hasSuffix("= 0") { return index }
            let thread = line.prefix { $0 != " " }
            return lines.indices.first {
                $0 > index && lines[$0].hasPrefix(thread + " ")
                    && lines[$0].contains("sync resumed>") && lines[$0].hasSuffix("= 0")
            }
        }
        return nil
    }
}
