import HTTPServer
import RelayCore
import RelayIntake
import RelayTesting
import Signing
import Testing

/// Sources that sign, from the request to the row.
@Suite struct SignedHookTests {
    private func world(_ vendor: Vendor) throws -> IntakeWorld {
        let world = try IntakeWorld.generic(try vendor.verifier())
        world.store.clock.jump(
            ms: Vendor.now.millisecondsSince(world.store.clock.now))
        return world
    }

    @Test(arguments: Vendor.allCases)
    func `a proven event is stored with its delivery id`(vendor: Vendor) throws {
        let world = try world(vendor)
        #expect(world.post(vendor.headers, Vendor.body).status == 200)
        #expect(try world.events("body") == [Vendor.body])
        #expect(try world.deliveryIDs() == [vendor.idHeader == nil ? nil : Vendor.id])
        #expect(try Account(world.store).queued == 1)
    }

    @Test(arguments: Vendor.allCases)
    func `every cause gives the same 401`(vendor: Vendor) throws {
        let world = try world(vendor)
        let causes: [([HeaderField], [UInt8])] = [
            ([], Vendor.body), (vendor.headers, Vendor.body + [0]),
            (Array(vendor.headers.dropFirst()), Vendor.body),
            (vendor.headers + [vendor.headers[0]], Vendor.body),
            (vendor.headers(signature: "v1,AAAA"), Vendor.body),
            (vendor.signed(Vendor.body, seconds: "1"), Vendor.body + [0]),
            (vendor.signed(Vendor.body, secret: "whsec_AAAAAAAAAAAAAAAAAAAA"), Vendor.body),
        ]
        let answers = causes.map { world.post($0.0, $0.1) }
        #expect(answers.allSatisfy { $0.status == 401 && $0.closeConnection })
        #expect(Set(answers.map(\.seen)).count == 1)
        #expect(answers[0].header("content-type") == "application/problem+json")
        #expect(answers[0].header("www-authenticate") == nil)
        #expect(try world.events("body").isEmpty)
        #expect(world.handler.counters.refused(.unauthorized) == causes.count)
    }

    @Test func `what the head already gives away is refused before the body is read`() throws {
        let world = try world(.standardWebhooks)
        #expect(world.isRefusedUnread("/hooks/orders/created"))
        let stale = Vendor.standardWebhooks.signed(Vendor.body, seconds: "1")
        #expect(world.isRefusedUnread("/hooks/orders/created", headers: stale))
        #expect(
            !world.isRefusedUnread(
                "/hooks/orders/created", headers: Vendor.standardWebhooks.headers))
    }

    @Test func `a delivery id seen before is a duplicate whatever the body`() throws {
        let vendor = Vendor.standardWebhooks
        let world = try world(vendor)
        let first = world.post(vendor.headers, Vendor.body)
        let changed = Fixtures.body(2)
        let second = world.post(vendor.signed(changed), changed)
        #expect(second.json?["duplicate"] == .bool(true))
        #expect(second.json?["id"] == first.json?["id"])
        let other = world.post(vendor.signed(Vendor.body, id: "msg_other"), Vendor.body)
        #expect(other.json?["duplicate"] == nil)
        #expect(try Account(world.store).queued == 2)
    }

    @Test func `a failed check uses up no delivery id`() throws {
        let vendor = Vendor.standardWebhooks
        let world = try world(vendor)
        #expect(world.post(vendor.headers, Fixtures.body(1)).status == 401)
        let answer = world.post(vendor.headers, Vendor.body)
        #expect(answer.status == 200 && answer.json?["duplicate"] == nil)
    }

    @Test func `an id in the body is a duplicate key too`() throws {
        let world = try world(.stripe)
        func send(_ text: String) -> ServerResponse {
            world.post(Vendor.stripe.signed(Array(text.utf8)), Array(text.utf8))
        }
        #expect(send(#"{"id":"evt_1","n":1}"#).json?["duplicate"] == nil)
        #expect(send(#"{"id":"evt_1","n":2}"#).json?["duplicate"] == .bool(true))
        #expect(send(#"{"id":"evt_2","n":2}"#).json?["duplicate"] == nil)
        #expect(try world.deliveryIDs() == ["evt_1", "evt_1", "evt_2"])
    }

    @Test func `a proven body that is no JSON is stored and parked`() throws {
        let world = try world(.github)
        let body = Array("payload=%7B%7D".utf8)
        #expect(world.post(Vendor.github.signed(body), body).status == 200)
        let account = try Account(world.store)
        #expect(account.dead == 1 && account.isBalanced)
    }

    @Test func `Slack's question is answered with its own words and not stored`() throws {
        let world = try world(.slack)
        let body = Array(#"{"type":"url_verification","challenge":"3eZ\u00e9","token":"x"}"#.utf8)
        let answer = world.post(Vendor.slack.signed(body), body)
        #expect(answer.status == 200 && answer.text == "3eZé")
        #expect(world.post(Vendor.slack.headers, body).status == 401)
        #expect(try world.events("body").isEmpty)
        let counters = world.handler.counters.endpoint(source: "orders", hook: "created")
        #expect(counters.count(of: .challenge) == 1 && counters.count(of: .accepted) == 0)
    }

    @Test func `the same words from another vendor are an event`() throws {
        let world = try world(.github)
        let body = Array(#"{"type":"url_verification","challenge":"x"}"#.utf8)
        #expect(world.post(Vendor.github.signed(body), body).json?["id"] != nil)
        #expect(try world.events("body") == [body])
    }

    @Test func `passwords are asked for before the body is read`() throws {
        let check = try #require(
            CredentialCheck(username: "ana", passwords: [Secret(text: "password")]))
        let world = try IntakeWorld.generic(.credentials(check))
        let path = "/hooks/orders/created"
        #expect(world.isRefusedUnread(path))
        #expect(world.post([], Vendor.body).header("www-authenticate")?.hasPrefix("Basic ") == true)
        let wrong = [HeaderField(name: "Authorization", value: "Basic AAAA")]
        #expect(world.post(wrong, Vendor.body).seen == world.post([], Vendor.body).seen)
        let pair = Base64.encode(Array("ana:password".utf8))
        let good = [HeaderField(name: "Authorization", value: "Basic \(pair)")]
        #expect(world.post(good, Vendor.body).status == 200)
        let headers = String(decoding: try world.events("headers").joined(), as: UTF8.self)
        #expect(headers == "Authorization: ***\n")
    }

    @Test func `a verified hook has no address with a token`() throws {
        let world = try world(.github)
        for path in ["/hooks/orders/created/", "/hooks/orders/created/x", "/hooks/orders"] {
            #expect(world.send(path, headers: Vendor.github.headers).status == 404)
        }
    }
}
