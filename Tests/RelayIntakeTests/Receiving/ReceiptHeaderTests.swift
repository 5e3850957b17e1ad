import HTTPServer
import RelayCore
import RelayIntake
import RelayTesting
import Testing

@Suite struct ReceiptHeaderTests {
    private static let path = "/hooks/chatlio/unanswered/\(IntakeWorld.token)"

    private func stored(_ headers: [HeaderField]) throws -> String {
        let world = try IntakeWorld.chatlio()
        #expect(world.send(Self.path, headers: headers).status == 200)
        return String(decoding: try world.events("headers").joined(), as: UTF8.self)
    }

    @Test func `lines are kept as sent and in order`() throws {
        let lines = try stored([
            HeaderField(name: "Content-Type", value: "application/json"),
            HeaderField(name: "X-Trace", value: "1"), HeaderField(name: "x-trace", value: ""),
        ])
        #expect(lines == "Content-Type: application/json\nX-Trace: 1\nx-trace: \n")
    }

    @Test(arguments: [
        "Authorization", "authorization", "PROXY-AUTHORIZATION", "Cookie", "X-Api-Key",
        "api-key", "X-Auth-Token", "x-access-token",
    ])
    func `credentials are masked`(name: String) throws {
        let lines = try stored([
            HeaderField(name: name, value: "hush"), HeaderField(name: name + "-x", value: "said"),
        ])
        #expect(lines == "\(name): ***\n\(name)-x: said\n")
    }

    @Test func `no more is kept than a head may have`() throws {
        // Three of them fit, four do not.
        let count = Limits.headBytes * 2 / 7
        let long = HeaderField(name: "X-Long", value: String(repeating: "v", count: count))
        let lines = try stored(Array(repeating: long, count: 5))
        #expect(lines.utf8.count == 3 * (6 + 2 + count + 1))
        #expect(lines.utf8.count <= Limits.headBytes)
    }

    @Test func `without headers nothing is kept`() throws {
        #expect(try stored([]).isEmpty)
    }
}
