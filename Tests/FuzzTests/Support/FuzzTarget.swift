/// One parser that strangers reach, with what must hold whatever they send. `check` throws a
/// `Finding` when it does not hold; a trap is a finding of its own.
struct FuzzTarget: Sendable, CustomStringConvertible {
    let name: String
    /// Inputs that lead into every corner, for a run that begins without a corpus.
    let seeds: [String]
    let check: @Sendable (_ input: [UInt8]) throws(Finding) -> Void

    init(
        _ name: String, seeds: [String],
        check: @escaping @Sendable (_ input: [UInt8]) throws(Finding) -> Void
    ) {
        self.name = name
        self.seeds = seeds
        self.check = check
    }

    var description: String { name }

    static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

    static let all: [FuzzTarget] = json + requests + signatures + answers + text
}
