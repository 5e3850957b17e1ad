import Foundation
import RelayCore
import RelayTesting
import Testing

/// A name service that hangs, made by a library that is put before the system's own.
struct NameServiceTests {
    private static let compiler = Program.onPath("cc")
    private static let hangingLookup = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <netdb.h>
        #include <string.h>
        #include <unistd.h>

        int getaddrinfo(
            const char *node, const char *service, const struct addrinfo *hints,
            struct addrinfo **result) {
            while (node != NULL && strcmp(node, "hangs.invalid") == 0) pause();
            int (*next)(
                const char *, const char *, const struct addrinfo *, struct addrinfo **) =
                dlsym(RTLD_NEXT, "getaddrinfo");
            return next(node, service, hints, result);
        }
        """

    @Test(.enabled(if: compiler != nil, "there is no C compiler"))
    func `a name that nobody resolves holds up neither the others nor the end`() throws {
        let folder = try TemporaryFolder()
        let source = folder.file("lookup.c")
        let library = folder.file("lookup.so")
        try Self.hangingLookup.write(toFile: source, atomically: true, encoding: .utf8)
        let words = ["-shared", "-fPIC", "-o", library, source, "-ldl"]
        let compiled = try ChildProcess.run(Self.compiler ?? "", words)
        #expect(compiled.code == 0, "\(compiled.errors)")

        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.source["destination"] = ["lost", "named"]
        settings.extra["destinations"] = [
            "lost": [
                "kind": "http", "url": "https://hangs.invalid/in", "timeoutMs": 600_000,
                "connectTimeoutMs": 600_000,
            ],
            // By name too, so that it asks the same service.
            "named": [
                "kind": "platform", "flowId": .string(SimulatorUnderTest.flowID),
                "inletURL": .string(
                    platform.inletURL.replacing("127.0.0.1", with: "localhost")),
            ],
        ]
        let relay = try RelayUnderTest(settings)
        try relay.start(before: ["/usr/bin/env", "LD_PRELOAD=\(library)"])
        try finish(relay) {
            for number in 0..<50 { #expect(try relay.post(Samples.body(number)).status == 200) }
            try platform.landed(atLeast: 50)
            try eventually("deliveries to the one that answers") {
                try relay.list("--state", "delivered", "--destination", "named").count == 50
            }
            let process = try #require(relay.process)
            process.signal(15)
            try process.errors.line(containing: "\"message\":\"stopping\"")
            process.signal(15)
            #expect(try process.waitUntilExit() == .code(1))
            // What was sent for more than a second is shown as in flight for as long again.
            let waiting = try relay.list("--state", "queued", "--state", "inflight")
            #expect(waiting.count == 50)
        }
    }
}
