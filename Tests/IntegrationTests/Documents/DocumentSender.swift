import Foundation
import RelayCore
import RelayTesting

/// Gives a sandbox what the pages show: events that were delivered, rejected, unreadable and that
/// wait before a destination that refuses.
struct DocumentSender {
    let folder: TemporaryFolder
    let port: Int
    let simulatorPort: Int
    let token: String

    /// The id of an event that was delivered.
    func deliver() throws -> String {
        let id = try post("unanswered", #"{"visitor":{"email":"ana@example.org"}}"#)
        try wait(state: "delivered", count: 1)
        return id
    }

    /// After it four are dead, and one waits.
    func fill() throws {
        try reject()
        try reject("feedback", #"{"rating":1}"#)
        _ = try post("unanswered", "no JSON")
        try wait(state: "dead", count: 4)
        try fault(#"{"action":{"status":404}}"#)
        _ = try post("feedback", #"{"rating":2}"#)
        try eventually("a destination that refuses") {
            let answer = try ask(["status", "--json"])
            return try answer.json().first?.description.contains("refused") == true
        }
    }

    /// Two more are dead: one that a patch of the pages mends, one that it does not fit.
    func rejectAgain() throws {
        try call("DELETE", "faults", "")
        _ = try ask(["release", "platform"])
        try wait(state: "queued", count: 0)
        try reject()
        try eventually("two rejected events") {
            try ask(["list", "--json", "--error", "rejected"]).json().count == 2
        }
    }

    private func reject() throws {
        for email in ["", "ana@example.org"] {
            let body = #"{"visitor":{"email":"\#(email)"},"message":"\#(UUID().uuidString)"}"#
            try reject("unanswered", body)
        }
    }

    private func reject(_ hook: String, _ body: String) throws {
        try fault(#"{"action":{"status":400},"times":1}"#)
        let id = try post(hook, body)
        try eventually("a rejected event") {
            try ask(["show", id, "--json"]).json().first?["state"] == "dead"
        }
    }

    private func post(_ hook: String, _ body: String) throws -> String {
        let client = try RawClient(.ipv4(port: port))
        client.post("/hooks/chatlio/\(hook)/\(token)", Array(body.utf8))
        return try client.response()?.json()["id"]?.string ?? ""
    }

    private func fault(_ rule: String) throws { try call("POST", "faults", rule) }

    private func call(_ method: String, _ path: String, _ body: String) throws {
        let client = try RawClient(.ipv4(port: simulatorPort))
        client.send(
            "\(method) /_control/\(path) HTTP/1.1\r\nHost: simulator.test\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        guard let status = client.response()?.status, status < 300 else {
            throw NeverHappened("\(method) \(path)")
        }
    }

    /// Nothing is under way.
    func settle() throws {
        try eventually("an end of all attempts") {
            try ask(["list", "--json", "--state", "queued", "--state", "inflight"]).code == 3
        }
    }

    private func wait(state: String, count: Int) throws {
        try eventually("\(count) deliveries \(state)") {
            try ask(["list", "--json", "--state", state]).json().count == count
        }
    }

    private func ask(_ words: [String]) throws -> CommandResult {
        try ChildProcess.run(
            Program.holdfast, words + ["--db", folder.file("sandbox/holdfast.db")])
    }
}
