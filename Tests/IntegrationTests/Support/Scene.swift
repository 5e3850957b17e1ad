import RelayCore
import RelayTesting
import Testing

// IntegrationTests: the built programs, each in a process of its own, used as their users use them:
// through sockets, signals, files and the command line. Nothing of the relay is linked in.
//
// Promises: every test has a folder, a relay and a Platform of its own; whatever ran is searched
// for secrets when the test is over.
// Never: a judgement by the clock. What another process does is waited for, with a guard.
// Fails: with what the relay logged, so that the cause is in the report.

/// A relay that runs and a Platform that it delivers to.
func withRelay(
    _ adjust: (inout RelaySettings) throws -> Void = { _ in },
    _ body: (RelayUnderTest, SimulatorUnderTest) throws -> Void
) throws {
    let platform = try SimulatorUnderTest()
    var settings = RelaySettings(inletURL: platform.inletURL)
    try adjust(&settings)
    let relay = try RelayUnderTest(settings)
    try relay.start()
    try finish(relay) { try body(relay, platform) }
}

/// Runs the body and then looks at what is left: an orderly end, and no secret in any output.
func finish(_ relay: RelayUnderTest, _ body: () throws -> Void) throws {
    do {
        try body()
        if relay.process?.isRunning == true {
            let status = try relay.stop()
            #expect(status == .code(0))
        }
    } catch {
        Issue.record(error, "The relay said:\n\(relay.log)")
    }
    #expect(relay.leaks == [])
}

extension JSONValue {
    subscript(path: String...) -> JSONValue? {
        path.reduce(self) { $0?[$1] }
    }
}
