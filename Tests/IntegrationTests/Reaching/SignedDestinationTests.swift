import Foundation
import RelayCore
import RelayTesting
import Testing

struct SignedDestinationTests {
    private static let secret = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="

    @Test(.enabled(if: VendorLibraries.python != nil, "the vendors' libraries are not here"))
    func `what an http destination gets verifies with the reference library`() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("receiver.py").path
        let receiver = try ChildProcess(
            try #require(VendorLibraries.python), [script, Self.secret])
        let port = try receiver.output.line(containing: "port ").dropFirst(5)
        try withRelay({ settings in
            settings.source["destination"] = "copy"
            settings.extra["destinations"] = [
                "copy": [
                    "kind": "http", "url": .string("http://127.0.0.1:\(port)/in"),
                    "sign": ["scheme": "standard-webhooks", "secret": .string(Self.secret)],
                ]
            ]
        }) { relay, _ in
            relay.secrets.append(Self.secret)
            let body = #"{"text":"naïve café \u0041", "n": 1.50}"#
            let id = try #require(try relay.post(body).json()["id"]?.string)
            let line = try receiver.output.line(containing: "verified")
            let said = try JSONValue.parse(Array(line.utf8))
            #expect(said["verified"] == true)
            #expect(said["headers", "webhook-id"]?.string == id)
            #expect(said["headers", "content-type"] == "application/json")
            #expect(said["body"]?.string == body, "byte for byte")
            try relay.list(state: "delivered", count: 1)
        }
        #expect(!receiver.output.text.contains("\"verified\": false"))
    }
}
