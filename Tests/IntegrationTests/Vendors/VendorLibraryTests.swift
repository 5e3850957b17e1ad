import RelayCore
import RelayTesting
import Testing

/// The vendors' own libraries and the running relay agree on every signature.
@Suite(
    .enabled(
        if: VendorLibraries.python != nil,
        "needs python3 with venv, and a package index for the vendors' libraries"))
struct VendorLibraryTests {
    @Test(arguments: LibraryVendor.allCases)
    func `what a vendor's library signs is stored once, and what it did not sign is not`(
        vendor: LibraryVendor
    ) throws {
        let signed = try #require(try VendorLibraries.perform([vendor.task("sign")]).first)
        let headers = (signed["headers"]?.object?.members ?? []).map { member in
            "\(member.key): \(member.value.string ?? "")"
        }
        try withRelay({ $0.extra["sources"] = ["vendor": vendor.source] }) { relay, platform in
            relay.secrets.append(vendor.secret)
            func post(_ body: String, _ headers: [String]) throws -> RawResponse {
                let client = try relay.connect()
                client.post("/hooks/vendor/created", Array(body.utf8), headers: headers)
                return try #require(client.response())
            }
            let tampered = try post(LibraryVendor.body + " ", headers)
            #expect(tampered.status == 401)
            #expect(try post(LibraryVendor.body, []).bytesWithoutDate == tampered.bytesWithoutDate)
            let first = try post(LibraryVendor.body, headers)
            #expect(first.status == 200)
            let second = try post(LibraryVendor.body, headers)
            #expect(try second.json()["duplicate"] == .bool(true))
            #expect(try second.json()["id"] == first.json()["id"])
            try platform.landed(atLeast: 1)
            #expect(try relay.account().isBalanced)
        }
    }

    @Test(arguments: LibraryVendor.allCases)
    func `library and relay write the same signature and the library takes ours`(
        vendor: LibraryVendor
    ) throws {
        let signed = try #require(try VendorLibraries.perform([vendor.task("sign")]).first)
        let ours = vendor.headers(seconds: try #require(signed["seconds"]?.int64))
        #expect(signed["headers"] == ours)
        let verdicts = try VendorLibraries.perform([
            vendor.task("verify", headers: ours),
            vendor.task("verify", headers: ours, body: LibraryVendor.body + " "),
        ])
        #expect(verdicts == [["accepted": true], ["accepted": false]])
    }
}
