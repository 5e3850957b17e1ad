import Foundation

/// Which seeds a test takes: the one of `HOLDFAST_TORTURE_SEED`, as many as
/// `HOLDFAST_TORTURE_ROUNDS` says, or what the test takes by itself; but for the first case from
/// `HOLDFAST_TORTURE_FIRST` on. A wrong value must not end in a run of something else that looks
/// like success.
enum TortureSeeds {
    struct WrongValue: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - share: of what was asked for, one in so many.
    ///   - least: and never less than this.
    static func range(
        ofTest few: UInt64, share: UInt64 = 1, least: UInt64 = 1,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Range<UInt64> {
        let seed = try number("HOLDFAST_TORTURE_SEED", from: 0, environment)
        let rounds = try number("HOLDFAST_TORTURE_ROUNDS", from: 1, environment)
        let first = try number("HOLDFAST_TORTURE_FIRST", from: 0, environment) ?? 1
        if let seed { return seed..<seed + 1 }
        return first..<first + (rounds.map { max($0 / share, least) } ?? few)
    }

    private static func number(
        _ name: String, from lowest: UInt64, _ environment: [String: String]
    ) throws -> UInt64? {
        guard let text = environment[name] else { return nil }
        // Below 2^63, so that a seed is an `Int` as well, here and in `witness`.
        let highest = UInt64(Int64.max) - 1
        guard let number = UInt64(text), number >= lowest, number <= highest else {
            throw WrongValue(
                description: "\(name) must be a number from \(lowest) to \(highest), and is "
                    + "'\(text)'")
        }
        return number
    }
}
