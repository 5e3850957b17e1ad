import HTTPServer
import RelayCore
import RelayIntake
import Testing

@Suite struct SignedTimeTests {
    private static let timed: [Vendor] = [.standardWebhooks, .svix, .stripe, .slack]

    @Test(arguments: timed, [-301, -300, -299, 0, 299, 300, 301])
    func `a time counts up to five minutes either way`(vendor: Vendor, offset: Int64) throws {
        let now = Timestamp(milliseconds: (Vendor.seconds + offset) * 1000)
        #expect(
            try vendor.verifier().accepts(vendor.headers, at: now) == (offset.magnitude <= 300))
    }

    @Test func `the fraction of our own second does not count`() throws {
        let verifier = try Vendor.slack.verifier()
        let late = Timestamp(milliseconds: (Vendor.seconds + 300) * 1000 + 999)
        #expect(verifier.accepts(Vendor.slack.headers, at: late))
        #expect(!verifier.accepts(Vendor.slack.headers, at: late.adding(ms: 1)))
    }

    @Test(
        arguments: timed,
        [
            "", " ", "+1760000000", "-1760000000", "1760000000.0", "1760000000a", "0x68E7", "1e9",
            "１７６０", "1760000000 ", "1760000000,1760000000", "0000001760000000",
            "99999999999999999999",
        ])
    func `a time that is not all digits is refused although it is signed`(
        vendor: Vendor, time: String
    ) throws {
        #expect(!(try vendor.verifier()).accepts(vendor.signed(Vendor.body, seconds: time)))
    }

    @Test(arguments: timed)
    func `leading zeros are signed as they stand`(vendor: Vendor) throws {
        let headers = vendor.signed(Vendor.body, seconds: "01760000000")
        #expect(try vendor.verifier().accepts(headers))
    }

    @Test func `two times in Stripe's header are refused`() throws {
        let vendor = Vendor.stripe
        let twice = "t=1760000000," + vendor.signature
        #expect(!(try vendor.verifier()).accepts(vendor.headers(signature: twice)))
        let spaced = vendor.signature.replacing(",", with: ", ")
        #expect(try vendor.verifier().accepts(vendor.headers(signature: spaced)))
    }
}
