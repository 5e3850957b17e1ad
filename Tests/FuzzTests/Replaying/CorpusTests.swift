import Testing

/// The corpus again, and inputs made from it: what the fuzzer runs for hours, in seconds.
struct CorpusTests {
    @Test(arguments: FuzzTarget.all)
    func `the corpus holds`(target: FuzzTarget) throws {
        let inputs = try Corpus.inputs(of: target)
        for input in inputs { expectHold(target, input.bytes, "corpus file \(input.name)") }
        #expect(!inputs.isEmpty, "Tests/FuzzTests/Corpus/\(target.name) is empty")
    }

    @Test(arguments: FuzzTarget.all)
    func `the corpus holds when it is damaged`(target: FuzzTarget) throws {
        let sources = try Corpus.inputs(of: target).map(\.bytes)
        var mutator = Mutator(seed: 0x5EED, sources: sources)
        for round in 0..<Self.rounds {
            expectHold(target, mutator.next(), "round \(round)")
        }
    }

    @Test(arguments: FuzzTarget.all)
    func `what is long and of one kind holds`(target: FuzzTarget) {
        for shape in HostileShape.all {
            expectHold(target, shape.input(bytes: 6_000), shape.description)
        }
        for byte in [0, UInt8(ascii: "a")] {
            let input = [UInt8](repeating: byte, count: Self.longBytes)
            expectHold(target, input, "\(Self.longBytes) times \(byte)")
        }
    }

    @Test func `every folder of the corpus has its target`() throws {
        #expect(try Corpus.folders() == FuzzTarget.all.map(\.name).sorted())
    }

    private static let rounds = 1500
    /// A length of two bytes does not hold it.
    private static let longBytes = 66_000

    private func expectHold(_ target: FuzzTarget, _ input: [UInt8], _ origin: String) {
        do throws(Finding) {
            try target.check(input)
        } catch {
            let shown = String(decoding: input.prefix(2000), as: UTF8.self)
            Issue.record("\(origin): \("\(error)".prefix(2000)): \(shown)")
        }
    }
}
