import HTTPServer
import RelayCore
import RelayIntake
import Testing

@Suite struct DeliveryIDTests {
    @Test(arguments: [Vendor.standardWebhooks, .svix, .github, .shopify])
    func `the id stands in the scheme's header`(vendor: Vendor) throws {
        #expect(try vendor.verifier().sender(vendor.headers)?.deliveryID == Vendor.id)
        let longest = String(repeating: "x", count: Limits.deliveryIDBytes)
        let verifier = try vendor.verifier()
        #expect(verifier.sender(vendor.signed(Vendor.body, id: longest))?.deliveryID == longest)
        #expect(!verifier.accepts(vendor.signed(Vendor.body, id: longest + "x")))
    }

    @Test func `an unsigned id may be missing`() throws {
        for vendor in [Vendor.github, .shopify] {
            let sender = try vendor.verifier().sender([vendor.headers[0]])
            #expect(sender == VerifiedSender(deliveryID: nil, eventType: nil))
        }
    }

    @Test func `the type stands beside it`() throws {
        let github = Vendor.github.headers + [HeaderField(name: "x-github-event", value: "push")]
        #expect(try Vendor.github.verifier().sender(github)?.eventType == "push")
        let shopify =
            Vendor.shopify.headers + [HeaderField(name: "X-Shopify-Topic", value: "orders/create")]
        #expect(try Vendor.shopify.verifier().sender(shopify)?.eventType == "orders/create")
    }

    @Test func `Stripe and Slack write it into the body`() throws {
        for (vendor, member) in [(Vendor.stripe, "id"), (.slack, "event_id")] {
            func id(_ text: String) throws -> String? {
                let body = Array(text.utf8)
                let sender = try #require(
                    try vendor.verifier().sender(vendor.signed(body), body))
                return sender.deliveryID
            }
            #expect(try id(#"{"\#(member)":"evt_1","type":"x"}"#) == "evt_1")
            #expect(try id(#"{"data":{"\#(member)":"evt_1"}}"#) == nil)
            #expect(try id(#"{"\#(member)":{"a":1}}"#) == nil)
            #expect(try id(#"{"\#(member)":""}"#) == nil)
            #expect(try id("payload=%7B%7D") == nil)
            let long = String(repeating: "x", count: Limits.deliveryIDBytes + 1)
            #expect(try id(#"{"\#(member)":"\#(long)"}"#) == nil)
        }
    }

    @Test func `an id with stops could move the borders of what is signed`() throws {
        let vendor = Vendor.standardWebhooks
        #expect(!(try vendor.verifier()).accepts(vendor.signed(Vendor.body, id: "a.1760000000")))
        #expect(!(try vendor.verifier()).accepts(vendor.signed(Vendor.body, id: "")))
    }
}
