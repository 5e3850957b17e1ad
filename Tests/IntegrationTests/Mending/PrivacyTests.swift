import Foundation
import RelayCore
import RelayTesting
import Testing

struct PrivacyTests {
    private static let person = "ana.prata@example.org"

    /// Every file of the relay, its log, and what temporary files there are of it.
    private func traces(_ relay: RelayUnderTest) throws -> [String] {
        var found: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: relay.dataDirectory) {
            let path = relay.dataDirectory + "/" + name
            let data = FileManager.default.contents(atPath: path) ?? Data()
            if data.range(of: Data(Self.person.utf8)) != nil { found.append(name) }
        }
        if relay.log.contains(Self.person) { found.append("log") }
        return found
    }

    private func post(
        _ relay: RelayUnderTest, _ body: String, query: String = "", header: String = ""
    ) throws {
        let client = try relay.connect()
        let bytes = Array(body.utf8)
        client.send(
            Array(
                ("POST \(RelayUnderTest.path("unanswered"))\(query) HTTP/1.1\r\nHost: r\r\n"
                    + "\(header)Content-Length: \(bytes.count)\r\n\r\n").utf8) + bytes)
        #expect(client.response()?.status == 200)
    }

    @Test func `a person is gone from every file while the relay runs, and it goes on`() throws {
        try withRelay { relay, platform in
            let mail = Self.person
            try platform.fault([
                "times": 1,
                "action": [
                    "status": 400, "body": ["status": 400, "detail": .string("no \(mail)")],
                ],
            ])
            try post(relay, #"{"visitor":{"email":"\#(mail)"},"n":1}"#)
            try relay.list(state: "dead", count: 1)
            try post(relay, #"{"visitor":{"email":"\#(mail)"},"n":2}"#)
            try post(relay, #"{"transcript":"mail me at ANA.prata@example.org\n"}"#)
            try post(relay, #"{"n":3}"#, query: "?from=\(mail)")
            try post(relay, #"{"n":4}"#, header: "X-Visitor: \(mail)\r\n")
            try post(relay, #"{"n":5}"#)
            try relay.list(state: "delivered", count: 5)
            #expect(try !traces(relay).isEmpty)
            let words = ["--match", "/visitor/email=\(mail)", "--everywhere", "--ignore-case"]
            let base = ["erase"] + words + ["--config", relay.configurationPath]
            #expect(try relay.run(base).code == 2)
            #expect(try relay.run(base + ["--dry-run"]).output.contains("5 events"))
            let receipt = try relay.run(base + ["--yes", "--json"])
            #expect(receipt.code == 0, "\(receipt.errors)")
            let json = try #require(try receipt.json().first)
            #expect(json["events"] == 5 && json["foundInFile"] == 0 && json["complete"] == true)
            #expect(!receipt.output.contains(mail))
            #expect(try traces(relay) == [])
            #expect(try relay.ask("audit").code == 0)
            try post(relay, #"{"n":6}"#)
            try relay.list(state: "delivered", count: 6)
            #expect(try relay.run(base + ["--yes"]).code == 3)
            #expect(try traces(relay) == [])
        }
    }
}
