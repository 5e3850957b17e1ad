import Foundation
import Testing

@Suite struct TortureSeedsTests {
    private static func range(_ environment: [String: String]) throws -> Range<UInt64> {
        try TortureSeeds.range(ofTest: 5, share: 50, least: 4, environment: environment)
    }

    @Test func `one seed, a share of the rounds, or what the test takes`() throws {
        #expect(try Self.range([:]) == 1..<6)
        #expect(try Self.range(["HOLDFAST_TORTURE_ROUNDS": "10000"]) == 1..<201)
        #expect(try Self.range(["HOLDFAST_TORTURE_ROUNDS": "1"]) == 1..<5)
        let later = ["HOLDFAST_TORTURE_FIRST": "501", "HOLDFAST_TORTURE_ROUNDS": "10000"]
        #expect(try Self.range(later) == 501..<701)
        let both = ["HOLDFAST_TORTURE_SEED": "0", "HOLDFAST_TORTURE_ROUNDS": "10000"]
        #expect(try Self.range(both) == 0..<1)
        let last = UInt64(Int64.max) - 1
        #expect(try Self.range(["HOLDFAST_TORTURE_SEED": "\(last)"]) == last..<last + 1)
    }

    @Test(arguments: [
        "", "abc", "1.5", "-1", " 7", "0x10", "9223372036854775807", "18446744073709551615",
        "18446744073709551616",
    ])
    func `a wrong value is said, with its name, and nothing is run`(text: String) {
        for name in ["SEED", "ROUNDS", "FIRST"].map({ "HOLDFAST_TORTURE_\($0)" }) {
            let error = #expect(throws: TortureSeeds.WrongValue.self) {
                try Self.range([name: text])
            }
            #expect(error?.description.hasPrefix("\(name) must be a number from ") == true)
            #expect(error?.description.hasSuffix("and is '\(text)'") == true)
        }
        #expect(throws: TortureSeeds.WrongValue.self) {
            try Self.range(["HOLDFAST_TORTURE_ROUNDS": "0"])
        }
    }
}
