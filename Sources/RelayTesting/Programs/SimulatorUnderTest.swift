package import RelayCore

/// A Platform simulator in a process of its own, driven through its control API.
package final class SimulatorUnderTest {
    package static let flowID = "11111111-1111-4111-8111-111111111111"

    package let process: ChildProcess
    package let port: Int
    package let inletURL: String
    package let tokenURL: String

    package init(requiresAuthentication: Bool = false, port: Int = 0) throws {
        process = try ChildProcess(
            Program.platformSimulator,
            ["--port", "\(port)"] + (requiresAuthentication ? ["--authentication"] : []))
        let line = try process.output.line(containing: "Platform simulator at ")
        self.port = line.split(separator: ":").last.flatMap { Int($0) } ?? 0
        let inlet = try process.output.line(containing: "/collection/")
        inletURL = inlet.split(separator: " ").last.map { String($0) } ?? ""
        let tokens = try process.output.line(containing: "/ims/token/")
        tokenURL = tokens.split(separator: " ").last.map { String($0) } ?? ""
    }

    /// What landed in the lake, oldest first.
    package func landed(fate: String = "lake") throws -> [JSONValue] {
        let answer = try call("GET", "landed?format=array&limit=100000&fate=\(fate)")
        return try answer.json().array ?? []
    }

    /// Waits until so many messages have landed.
    @discardableResult
    package func landed(atLeast count: Int) throws -> [JSONValue] {
        var all: [JSONValue] = []
        try eventually("\(count) messages at Platform") {
            all = try landed()
            return all.count >= count
        }
        return all
    }

    package func counters() throws -> JSONValue { try call("GET", "counters").json() }

    /// Requests that came to the collection endpoint, whatever they were answered.
    package func collections() throws -> Int64 {
        try counters()["requests"]?["collection"]?.int64 ?? 0
    }

    package func fault(_ rule: JSONValue) throws {
        let answer = try call("POST", "faults", rule.serialized())
        guard answer.status == 200 else { throw NeverHappened("a fault rule: \(answer.text)") }
    }

    package func heal() throws { _ = try call("DELETE", "faults") }

    @discardableResult
    package func call(
        _ method: String, _ path: String, _ body: [UInt8] = []
    ) throws -> RawResponse {
        let client = try RawClient(.ipv4(port: port))
        client.send(
            Array(
                ("\(method) /_control/\(path) HTTP/1.1\r\nHost: simulator.test\r\n"
                    + "Content-Length: \(body.count)\r\n\r\n").utf8) + body)
        guard let response = client.response() else {
            throw NeverHappened("an answer of the simulator to \(method) \(path)")
        }
        return response
    }
}
