import RelayCore
import RelayTesting
import Testing

struct HangingDestinationTests {
    @Test func `many destinations that hang cost another one nothing`() throws {
        // Connections are made by the kernel, and nobody ever answers.
        let silent = try ListeningSocket()
        let window: JSONValue = ["initial": 4, "max": 4]
        let names = (1...6).map { "silent\($0)" }
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.platform["concurrency"] = window
        settings.source["destination"] = .array((names + ["platform"]).map { .string($0) })
        var destinations: JSONObject = JSONObject()
        for name in names {
            destinations[name] = [
                "kind": "http", "url": .string("http://127.0.0.1:\(silent.port)/\(name)"),
                "timeoutMs": 600_000, "concurrency": window,
            ]
        }
        destinations["platform"] = .object(settings.platform)
        settings.extra["destinations"] = .object(destinations)
        let relay = try RelayUnderTest(settings)
        try relay.start()
        try finish(relay) {
            for number in 0..<40 { #expect(try relay.post(Samples.body(number)).status == 200) }
            try eventually("all of them at the one that answers") {
                try relay.list("--state", "delivered", "--destination", "platform").count == 40
            }
            try relay.kill()
        }
    }
}
