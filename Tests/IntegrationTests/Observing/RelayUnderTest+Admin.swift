import RelayCore
import RelayTesting

extension RelaySettings {
    static let adminToken = "Ad7mKq2sLw9ZtXc4vBn8"

    /// An admin listener on any free port.
    mutating func openAdmin(token: String? = adminToken) {
        var admin = JSONObject()
        admin["listen"] = "127.0.0.1:0"
        if let token { admin["token"] = .string(token) }
        extra["admin"] = .object(admin)
    }
}

extension RelayUnderTest {
    /// Waits until the newest process says where its admin listener is.
    func adminPort() throws -> Int {
        guard let process else { throw NeverHappened("a relay") }
        let line = try process.errors.line(containing: "\"message\":\"admin listening\"")
        let words = try JSONValue.parse(Array(line.utf8))["address"]?.string?.split(separator: " ")
        guard let port = words?.last.flatMap({ Int($0) }) else {
            throw NeverHappened("a port of the admin listener")
        }
        return port
    }

    /// One question to the admin listener, on a connection of its own.
    func admin(
        _ target: String, method: String = "GET", token: String? = nil
    ) throws -> RawResponse {
        let client = try RawClient(.ipv4(port: try adminPort()))
        var headers = ["Connection: close"]
        if let token { headers.append("Authorization: Bearer \(token)") }
        client.request(method, target, headers: headers)
        guard let response = client.response(toHEAD: method == "HEAD") else {
            throw NeverHappened("an answer to \(method) \(target)")
        }
        return response
    }

    /// As the operator, who has the token; the answer must be 200 and JSON.
    func operate(_ target: String, method: String = "GET") throws -> JSONValue {
        let answer = try admin(target, method: method, token: RelaySettings.adminToken)
        guard answer.status == 200 else {
            throw NeverHappened("200 for \(target), but \(answer.status): \(answer.text)")
        }
        return try answer.json()
    }

    /// Every series, as it is written, with its value.
    func metrics() throws -> [String: Double] {
        let lines = try admin("/metrics").text.split(separator: "\n")
        let pairs = lines.filter { !$0.hasPrefix("#") }.compactMap { line in
            line.lastIndex(of: " ").flatMap { blank in
                Double(line[line.index(after: blank)...]).map { (String(line[..<blank]), $0) }
            }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    func metric(_ series: String) throws -> Double? { try metrics()[series] }
}

/// A relay with an admin listener, and a Platform.
func withAdmin(
    token: String? = RelaySettings.adminToken,
    _ adjust: (inout RelaySettings) throws -> Void = { _ in },
    _ body: (RelayUnderTest, SimulatorUnderTest) throws -> Void
) throws {
    try withRelay({ settings in
        settings.openAdmin(token: token)
        try adjust(&settings)
    }) { relay, platform in
        if let token { relay.secrets.append(token) }
        try body(relay, platform)
    }
}
