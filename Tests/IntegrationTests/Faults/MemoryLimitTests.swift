import Foundation
import RelayCore
import RelayTesting
import Testing

/// A relay that gets no more memory, under big bodies, many connections, a backlog and a
/// destination that hangs.
struct MemoryLimitTests {
    private static let mebibyte = 1 << 20
    private static let postsInAll = 2500

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

    @Test(arguments: [
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
        }
    }
}
