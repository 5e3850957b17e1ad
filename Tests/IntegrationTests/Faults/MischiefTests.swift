import Foundation
import RelayCore
import RelayTesting
import Testing

/// Destinations that do to a connection what no destination should. Each does it three times and
/// then behaves; a second destination beside it is never held up.
struct MischiefTests {
    enum Mischief: String, CaseIterable, CustomTestStringConvertible {
        case hangs, resetsMidRequest, resetsMidAnswer, drips, endlessHead, endlessBody
        case closesAfterAccept, closesKeptConnection, noHTTP

        var testDescription: String { rawValue }

        func commit(_ connection: ServerConnection) {
            switch self {
            case .hangs:
                _ = connection.readRequest()
                connection.waitUntilClientCloses()
            case .resetsMidRequest:
                _ = connection.isReadable(withinMs: 60_000)
                connection.resetOnClose()
            case .resetsMidAnswer:
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"inletId\":")
                connection.resetOnClose()
            case .drips:
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                while connection.write("x"), !connection.isReadable(withinMs: 50) {}
            case .endlessHead:
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\n")
                while connection.write("X-Padding: \(String(repeating: "x", count: 900))\r\n") {}
            case .endlessBody:
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n")
                while connection.write(String(repeating: "x", count: 60_000)) {}
            case .closesAfterAccept: break
            case .closesKeptConnection:
                // Answers and closes at the moment at which the next request may be on its way.
                _ = connection.readRequest()
                connection.write(MischiefTests.taken)
            case .noHTTP:
                _ = connection.readRequest()
                connection.write("SSH-2.0-OpenSSH_9.2\r\n")
            }
        }
    }

    private static let body = #"{"inletId":"x","xactionId":"1","receivedTimeMs":1}"#
    static let taken =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"

    private static func server(_ mischief: Mischief, times: Int) -> ScriptedServer {
        let done = HitCount()
        return ScriptedServer { connection in
            if done.value < times {
                done.count()
                return mischief.commit(connection)
            }
            while connection.readRequest() != nil { connection.write(taken) }
        }
    }

    @Test(arguments: Mischief.allCases)
    func `a destination that misbehaves gets its events when it behaves`(
        mischief: Mischief
    ) throws {
        let bad = MischiefTests.server(mischief, times: 3)
        try withRelay({
            $0.platform["timeoutMs"] = 500
            $0.extra["sources"] = [
                "chatlio": [
                    "kind": "chatlio", "tokens": [.string(RelaySettings.token)],
                    "destination": ["platform", "bad"],
                ]
            ]
            var destinations = JSONObject()
            destinations["platform"] = .object($0.platform)
            destinations["bad"] = [
                "kind": "platform",
                "inletURL": .string("http://127.0.0.1:\(bad.port)/collection/x"),
                "flowId": .string(SimulatorUnderTest.flowID), "timeoutMs": 500,
                "retry": ["first": "20ms", "cap": "100ms"],
            ]
            $0.extra["destinations"] = .object(destinations)
        }) { relay, platform in
            for number in 0..<8 { #expect(try relay.post(Samples.body(number)).status == 200) }
            try platform.landed(atLeast: 8)
            // It may be resting by now; an operator need not wait for the probe.
            try eventually("everything delivered") {
                if try relay.list("--state", "delivered").count == 16 { return true }
                return try relay.ask("release", "bad").code != 0
            }
            #expect(try relay.ask("audit").code == 0)
        }
    }

    @Test(arguments: ["https://name.invalid/collection/x", "https://127.0.0.1:9/collection/x"])
    func `a destination that cannot be reached at all keeps its events`(url: String) throws {
        try withRelay({ $0.platform["inletURL"] = .string(url) }) { relay, _ in
            for number in 0..<3 { #expect(try relay.post(Samples.body(number)).status == 200) }
            try eventually("an attempt that failed on the network") {
                try !relay.list("--error", "network").isEmpty
            }
            #expect(try relay.list("--state", "queued").count == 3)
        }
    }

    @Test func `a TLS handshake that hangs ends at the timeout and keeps the event`() throws {
        let silent = ScriptedServer { $0.waitUntilClientCloses() }
        try withRelay({
            $0.platform["inletURL"] = .string("https://127.0.0.1:\(silent.port)/collection/x")
            $0.platform["timeoutMs"] = 300
        }) { relay, _ in
            #expect(try relay.post(Samples.body(1)).status == 200)
            // No connection has come about: a fault of the network.
            try eventually("an attempt that ended") {
                try !relay.list("--error", "network").isEmpty
            }
            #expect(try relay.list("--state", "queued").count == 1)
        }
    }
}
