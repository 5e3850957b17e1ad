import HTTPServer
import RelayCore
import RelayIntake
import Signing
import Testing

/// Each way in which a signed request can be wrong, for each vendor it applies to.
@Suite struct RefusalTests {
    @Test(arguments: Vendor.allCases)
    func `another body, another key or no signature is refused`(vendor: Vendor) throws {
        let verifier = try vendor.verifier()
        #expect(!verifier.accepts(vendor.headers, Vendor.body + [0x20]))
        #expect(!verifier.accepts(vendor.headers, []))
        #expect(!verifier.accepts([]))
        for index in vendor.headers.indices where vendor.headers[index].name != vendor.idHeader {
            var headers = vendor.headers
            headers.remove(at: index)
            #expect(!verifier.accepts(headers), "without \(vendor.headers[index].name)")
        }
        let isStandard = vendor == .standardWebhooks || vendor == .svix
        let other = try vendor.verifier(
            secrets: [isStandard ? "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" : "another-secret"])
        #expect(!other.accepts(vendor.headers))
    }

    @Test(arguments: Vendor.allCases)
    func `a header that comes twice is refused, also when both say the same`(
        vendor: Vendor
    ) throws {
        let verifier = try vendor.verifier()
        for header in vendor.headers {
            #expect(!verifier.accepts(vendor.headers + [header]), "\(header.name) twice")
        }
    }

    @Test(arguments: Vendor.allCases)
    func `a signature in another writing is refused`(vendor: Vendor) throws {
        let verifier = try vendor.verifier()
        let good = vendor.signature
        let mark = try #require(good.lastIndex { $0 == "=" || $0 == "," || $0 == "+" })
        let bad = [
            "", " ", "=", ",", "v1", "v1,", "v1=", "sha256=", "v0=", "t=1760000000",
            String(good.dropLast()), good + "00", good + "=", String(good.dropFirst()),
            "v9" + good.dropFirst(2), good.replacing(good[mark...], with: "é"),
            good + "\u{0}", "\"\(good)\"", String(good.prefix(good.count / 2)),
        ]
        for signature in bad {
            #expect(!verifier.accepts(vendor.headers(signature: signature)), "\(signature)")
        }
    }

    @Test(arguments: Vendor.allCases)
    func `a signature of old and new key passes, whichever of them is known`(
        vendor: Vendor
    ) throws {
        let isStandard = vendor == .standardWebhooks || vendor == .svix
        let old = isStandard ? "whsec_b2xkLW9sZC1vbGQtb2xkLW9sZA==" : "the-old-secret-1"
        let both = try vendor.verifier(
            secrets: [old, isStandard ? Vendor.standardSecret : Vendor.secret])
        #expect(both.accepts(vendor.headers))
        #expect(both.accepts(vendor.signed(Vendor.body, secret: old)))
        #expect(!(try vendor.verifier()).accepts(vendor.signed(Vendor.body, secret: old)))
        // Two signatures in one header are for those who have a list there.
        let oldSignature = vendor.signed(Vendor.body, secret: old)[0].value
        let list: String? =
            switch vendor {
            case .standardWebhooks, .svix: "\(oldSignature) \(vendor.signature)"
            case .stripe:
                oldSignature + "," + vendor.signature.split(separator: ",")[1] + ",v0=00"
            case .github, .shopify, .slack: nil
            }
        if let list {
            #expect(try vendor.verifier().accepts(vendor.headers(signature: list)))
            #expect(try vendor.verifier(secrets: [old]).accepts(vendor.headers(signature: list)))
        }
    }

    @Test func `unknown versions are skipped and do not stand in for known ones`() throws {
        let vendor = Vendor.standardWebhooks
        let verifier = try vendor.verifier()
        let strange = "v2,abc nonsense v1 v1b,@@@ ,"
        #expect(verifier.accepts(vendor.headers(signature: "\(strange) \(vendor.signature)")))
        #expect(!verifier.accepts(vendor.headers(signature: strange)))
        let renamed = "v2" + vendor.signature.dropFirst(2)
        #expect(!verifier.accepts(vendor.headers(signature: renamed)))
    }

    @Test func `more signatures than any honest sender writes are refused unread`() throws {
        let vendor = Vendor.standardWebhooks
        let verifier = try vendor.verifier()
        let fill = { (count: Int) in
            (Array(repeating: "v1,AAAA", count: count) + [vendor.signature]).joined(separator: " ")
        }
        #expect(verifier.accepts(vendor.headers(signature: fill(15))))
        #expect(!verifier.accepts(vendor.headers(signature: fill(16))))
    }

    @Test func `hex counts in either case`() throws {
        for vendor in [Vendor.github, .stripe, .slack] {
            let place = try #require(vendor.signature.lastIndex(of: "="))
            let upper =
                vendor.signature[...place] + vendor.signature[place...].dropFirst().uppercased()
            #expect(try vendor.verifier().accepts(vendor.headers(signature: String(upper))))
        }
    }

    @Test func `a name of the prefix in another case is another notation`() throws {
        let shouted = Vendor.github.signature.replacing("sha256", with: "SHA256")
        #expect(
            !(try Vendor.github.verifier()).accepts(Vendor.github.headers(signature: shouted)))
    }

    @Test func `GitHub's old SHA-1 header counts for nothing`() throws {
        let old = HeaderField(
            name: "X-Hub-Signature", value: "sha1=0000000000000000000000000000000000000000")
        #expect(!(try Vendor.github.verifier()).accepts([old]))
        #expect(try Vendor.github.verifier().accepts(Vendor.github.headers + [old]))
    }

    @Test func `the two header families do not lend each other what is missing`() throws {
        let verifier = try Vendor.standardWebhooks.verifier()
        let mixed = [Vendor.standardWebhooks.headers[0]] + Vendor.svix.headers.dropFirst()
        #expect(!verifier.accepts(mixed))
        #expect(verifier.accepts(Vendor.standardWebhooks.headers + Vendor.svix.headers))
    }

    @Test func `a body that is no UTF-8 is signed like any other`() throws {
        for vendor in Vendor.allCases {
            let body: [UInt8] = [0x7B, 0xFF, 0x00, 0xFE, 0x7D]
            #expect(try vendor.verifier().accepts(vendor.signed(body), body))
            #expect(!(try vendor.verifier()).accepts(vendor.signed(body), [0x7B, 0xFF, 0xFE]))
            #expect(try vendor.verifier().accepts(vendor.signed([]), []))
        }
    }

    @Test func `a secret without a key opens nothing`() {
        let none: [SignatureScheme?] = [
            .standardWebhooks(secrets: [.init(text: "whsec_")], tolerance: .seconds(300)),
            .standardWebhooks(secrets: [.init(text: "whsec_%%%%")], tolerance: .seconds(300)),
            .standardWebhooks(secrets: [], tolerance: .seconds(300)),
            .standardWebhooks(secrets: [], publicKeys: [[1, 2, 3]], tolerance: .seconds(300)),
            .github(secrets: [.init(text: "")]), .github(secrets: []),
            .github(secrets: [.init(text: "good"), .init(text: "")]),
            .stripe(secrets: [], tolerance: .seconds(300)), .shopify(secrets: []),
            .slack(secrets: [.init([])], tolerance: .seconds(300)),
        ]
        #expect(none.allSatisfy { $0 == nil })
    }
}
