import RelayCore
import RelayTesting
import Testing

struct AdminTests {
    @Test func `health, readiness and metrics are open, everything else asks for the token`()
        throws
    {
        try withAdmin { relay, _ in
            for target in ["/healthz", "/readyz", "/metrics"] {
                #expect(try relay.admin(target).status == 200)
            }
            let token = RelaySettings.adminToken
            for target in ["/status", "/shape", "/audit", "/deliveries", "/deliveries/x"] {
                for wrong in [nil, "", "x", token + "x", RelaySettings.token] {
                    let answer = try relay.admin(target, token: wrong)
                    #expect(answer.status == 401)
                    #expect(answer.header("WWW-Authenticate") == "Bearer realm=\"holdfast\"")
                    #expect(answer.header("Content-Type") == "application/problem+json")
                }
            }
            let hold = "/destinations/platform/hold"
            #expect(try relay.admin(hold, method: "POST").status == 401)
            #expect(try relay.admin("/status", token: token).status == 200)
        }
    }

    @Test func `without a token in the configuration the rest says what to set`() throws {
        try withAdmin(token: nil) { relay, _ in
            #expect(try relay.admin("/readyz").status == 200)
            let answer = try relay.admin("/status", token: "anything")
            #expect(answer.status == 403)
            #expect(try answer.json()["detail"]?.string?.contains("admin.token") == true)
        }
    }

    @Test func `unknown pages, wrong methods and HEAD are answered as HTTP says`() throws {
        try withAdmin { relay, _ in
            for target in ["/", "/healthz/", "/metric", "/destinations//hold/x", "/hooks"] {
                // Only who has the token learns which pages there are.
                #expect(try relay.admin(target).status == 401)
                #expect(try relay.admin(target, token: RelaySettings.adminToken).status == 404)
            }
            let wrong = try relay.admin("/metrics", method: "DELETE")
            #expect(wrong.status == 405 && wrong.header("Allow") == "GET, HEAD")
            let hold = try relay.admin(
                "/destinations/platform/hold", token: RelaySettings.adminToken)
            #expect(hold.status == 405 && hold.header("Allow") == "POST")
            let head = try relay.admin("/metrics", method: "HEAD")
            #expect(head.status == 200 && head.body.isEmpty)
            #expect(head.header("Content-Length").flatMap { Int($0) } ?? 0 > 1000)
            let client = try RawClient(.ipv4(port: try relay.adminPort()))
            client.post("/status", [UInt8](repeating: 32, count: 100_000))
            #expect(client.response()?.status == 401)
        }
    }

    @Test func `the answers are those of the command line`() throws {
        try withAdmin { relay, platform in
            try platform.fault(["action": ["status": 503]])
            for number in 0..<3 { #expect(try relay.post(Samples.body(number)).status == 200) }
            let status = try relay.operate("/status")
            #expect(status["counts"]?["delivered"] == 0)
            #expect(status["destinations"]?.array?.first?["name"] == "platform")
            let shape = try relay.operate("/shape?by=hook")
            #expect(shape["rows"]?.array?.first?["total"] == 3)
            let audit = try relay.operate("/audit?since=1h")
            #expect(audit["balanced"] == true && audit["accepted"] == 3)
            try platform.heal()
            try relay.list(state: "delivered", count: 3)
            let known = try relay.list().map(\.description)
            let listed = try relay.operate("/deliveries?state=delivered&limit=10")
            #expect(listed["deliveries"]?.array?.map(\.description) == known)
            #expect(listed["next"] == nil)
        }
    }

    @Test func `a listing comes in pages that leave nothing out`() throws {
        try withAdmin { relay, _ in
            for number in 0..<7 { #expect(try relay.post(Samples.body(number)).status == 200) }
            try relay.list(state: "delivered", count: 7)
            var ids: [String] = []
            var target = "/deliveries?limit=3&destination=platform"
            while true {
                let page = try relay.operate(target)
                let rows = page["deliveries"]?.array ?? []
                #expect(rows.count <= 3)
                ids += rows.compactMap { $0["id"]?.string }
                guard let next = page["next"]?.string else { break }
                target = "/deliveries?limit=3&destination=platform&before=\(next)"
            }
            #expect(ids == (try relay.list().compactMap { $0["id"]?.string }))
        }
    }

    @Test func `one event is shown with its history, and its body only when asked for`() throws {
        try withAdmin { relay, _ in
            let answer = try relay.post(#"{"said":"a secret word"}"#)
            let id = try #require(try answer.json()["id"]?.string)
            try relay.list(state: "delivered", count: 1)
            let token = RelaySettings.adminToken
            let plain = try relay.admin("/deliveries/\(id)", token: token)
            #expect(try plain.json()["deliveries"]?.array?.first?["state"] == "delivered")
            #expect(!plain.text.contains("a secret word"))
            let whole = try relay.operate("/deliveries/\(id)?body")
            #expect(
                whole["deliveries"]?.array?.first?["body"]?["said"] == "a secret word")
            for unknown in [String(repeating: "0", count: 26), "x"] {
                #expect(try relay.admin("/deliveries/\(unknown)", token: token).status == 404)
            }
        }
    }

    @Test(arguments: [
        ("/deliveries?stat=x", "did you mean state"), ("/deliveries?state=x", "state cannot be"),
        ("/deliveries?limit=0", "limit needs a number"), ("/deliveries?limit=1001", "at most"),
        ("/deliveries?since=x", "since needs a time"), ("/deliveries?before=x", "before takes"),
        ("/deliveries?id=-", "cannot be read"), ("/deliveries?contains=%zz", "percent-encoded"),
        ("/shape?by=x", "by cannot be"), ("/status?x", "no option x"),
    ])
    func `a question that cannot be read is 400 and says why`(
        target: String, words: String
    ) throws {
        try withAdmin { relay, _ in
            let answer = try relay.admin(target, token: RelaySettings.adminToken)
            #expect(answer.status == 400)
            #expect(try answer.json()["detail"]?.string?.contains(words) == true, "\(answer.text)")
        }
    }

    @Test func `a destination is held and released, and intake goes on`() throws {
        try withAdmin { relay, platform in
            let held = try relay.operate(
                "/destinations/platform/hold?for=1h&reason=new+mapping", method: "POST")
            #expect(held["state"] == "held" && held["until"]?.string != nil)
            try relay.process?.errors.line(containing: "\"message\":\"destination held\"")
            #expect(try relay.post(Samples.body(1)).status == 200)
            try relay.list(state: "held", count: 1)
            let status = try relay.operate("/status")["destinations"]?.array?.first
            #expect(status?["state"] == "held" && status?["reason"] == "new mapping")
            try eventually("the metric of the hold") {
                try relay.metric("holdfast_destination_held{destination=\"platform\"}") == 1
            }
            #expect(try relay.metric("holdfast_deliveries_held{destination=\"platform\"}") == 1)
            #expect(try platform.collections() == 0)
            let released = try relay.operate("/destinations/platform/release", method: "POST")
            #expect(released["wasHeld"] == true)
            try relay.list(state: "delivered", count: 1)
            let unknown = try relay.admin(
                "/destinations/nobody/hold", method: "POST", token: RelaySettings.adminToken)
            #expect(unknown.status == 404)
            let nothing = try relay.admin(
                "/destinations/platform/hold?for=0s", method: "POST",
                token: RelaySettings.adminToken)
            #expect(nothing.status == 400)
        }
    }

    @Test func `it listens on a unix socket as well`() throws {
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        let folder = try TemporaryFolder()
        let path = folder.file("admin.sock")
        settings.extra["admin"] = ["listen": .string("unix:\(path)")]
        let relay = try RelayUnderTest(settings)
        try relay.start()
        try finish(relay) {
            let client = try RawClient(.unix(path: path))
            client.request("GET", "/healthz")
            #expect(client.response()?.status == 200)
        }
    }
}
