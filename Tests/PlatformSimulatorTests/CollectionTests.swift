import HTTPServer
import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

struct CollectionTests {
    @Test func `one raw message is answered with a tracer and lands as it was sent`() throws {
        let platform = LocalPlatform()
        let body = #"{"message":"h\u00e9","holdfast":{"_id":"a"}}"#
        let reply = platform.send(body)
        #expect(reply.status == 200)
        #expect(reply.at("/inletId") == .string(BuiltIn.inletID))
        #expect(reply.at("/flowId") == .string(BuiltIn.flowID))
        #expect(reply.at("/receivedTimeMs")?.int64 == platform.clock.now.milliseconds)
        #expect(reply.at("/syncValidation/skipped") == true)
        let record = try #require(platform.simulator.landed().first)
        #expect(record.body == Array(body.utf8))
        #expect(record.messageID == "a")
        #expect(record.xactionID == reply.at("/xactionId")?.string)
        #expect(record.isInProfile)
    }

    @Test func `the flow id may stand in the query`() {
        let platform = LocalPlatform()
        let target = LocalPlatform.collection + "?x-adobe-flow-id=\(BuiltIn.flowID)"
        #expect(platform.send("{}", to: target, flow: nil).status == 200)
        #expect(platform.simulator.counters.lake == 1)
    }

    @Test func `tracers are never given twice`() {
        let platform = LocalPlatform()
        let tracers = (0..<50).map { _ in platform.send("{}").at("/xactionId")?.string }
        #expect(Set(tracers).count == 50)
    }

    @Test func `an address that is not allowed gets 403 without a body`() {
        let platform = LocalPlatform { $0.allowedAddresses = ["192.0.2.1"] }
        let reply = platform.send("{}")
        #expect(reply.status == 403)
        #expect(reply.response.body.isEmpty)
        #expect(platform.simulator.counters.accepted == 0)
    }

    @Test(arguments: [404, 400]) func `an unknown inlet is answered as set`(status: Int) {
        let platform = LocalPlatform { $0.unknownInletStatus = status }
        #expect(platform.send("{}", to: "/collection/ffff").status == status)
    }

    @Test func `a body of exactly the limit is taken, one more byte is 413`() {
        let platform = LocalPlatform { $0.bodyLimitBytes = 20 }
        let padding = String(repeating: " ", count: 18)
        #expect(platform.send("{}" + padding).status == 200)
        #expect(platform.send("{}" + padding + " ").status == 413)
    }

    @Test func `the size is looked at before the token, the token before the JSON`() {
        let platform = LocalPlatform(requiresAuthentication: true) { $0.bodyLimitBytes = 20 }
        #expect(platform.send(String(repeating: "x", count: 21)).status == 413)
        #expect(platform.send("no JSON").status == 401)
    }

    @Test(arguments: ["no JSON", "{", "[1]", "7", ""])
    func `what is no JSON object is refused with 400`(body: String) {
        #expect(LocalPlatform().send(body).status == 400)
    }

    @Test func `a content type that is not JSON is refused with 400`() {
        let reply = LocalPlatform().send("{}", headers: ["Content-Type": "text/plain"])
        #expect(reply.status == 400)
    }

    @Test func `other methods are refused with 405`() {
        #expect(LocalPlatform().ask("GET", LocalPlatform.collection).status == 405)
    }

    @Test(arguments: [nil, "no-such-flow"])
    func `a raw message without a known flow is taken and lands nowhere`(flow: String?) {
        let platform = LocalPlatform()
        #expect(platform.send("{}", flow: flow).status == 200)
        #expect(platform.simulator.landed().isEmpty)
        #expect(platform.simulator.landed(fate: .unrouted).count == 1)
    }

    @Test func `a raw message without a known flow can be made to be refused`() {
        let platform = LocalPlatform { $0.unknownFlow = .reject }
        #expect(platform.send("{}", flow: nil).status == 400)
        #expect(platform.simulator.counters.accepted == 0)
    }

    @Test func `the sandbox header is enforced only when told so`() {
        let platform = LocalPlatform { $0.requiresSandboxName = true }
        #expect(platform.send("{}").status == 400)
        #expect(platform.send("{}", headers: ["x-sandbox-name": "prod"]).status == 200)
    }
}
