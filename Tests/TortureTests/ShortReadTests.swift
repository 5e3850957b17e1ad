import Foundation
import RelayStore
import RelayTesting
import Testing

/// A read that ends too early, although the file goes on. SQLite takes what is missing for zeros
/// when it reads the database, and for a fault when it reads the log. A sound machine does not do
/// that; docs/reliability.md says what comes of it.
@Suite struct ShortReadTests {
    /// In the order of what they do.
    enum Ending: String {
        /// Nothing, or what was asked was refused.
        case unharmed
        /// What was read was not what is stored; the disk holds all as it was.
        case misread
        /// The database is damaged, and whoever looks at it is told.
        case shown
        /// An acknowledged event is gone or altered, and nothing says so.
        case silent
    }

    @Test func `a read that ends too early loses and alters nothing in silence`() throws {
        var endings: [String: Int] = [:]
        for seed in try TortureSeeds.range(ofTest: 40, share: 10) {
            let ending = try Self.ending(seed: seed)
            endings[ending.rawValue, default: 0] += 1
            #expect(ending != .silent, "seed \(seed)")
        }
        guard endings.values.reduce(0, +) > 40 else { return }
        FileHandle.standardError.write(Data("\(endings)\n".utf8))
    }

    /// A schedule in which the disk does nothing else wrong.
    private static func steps(seed: UInt64) -> [Step] {
        var dice = Dice(seed: seed ^ 0x5B04)
        var steps = Schedule.steps(seed: seed, cuts: false)
        for _ in 0..<3 {
            steps.insert(
                .failing(.shortRead, skipping: dice.number(0...20)),
                at: dice.number(0...steps.count))
        }
        return steps
    }

    private static func ending(seed: UInt64) throws -> Ending {
        let world = try World(seed: seed | 1)
        guard world.run(steps(seed: seed)) != nil else { return .unharmed }
        guard let (contents, damages) = try? StoreContents.read(world.file, now: world.clock.now),
            damages.isEmpty
        else { return .shown }
        let isWhole = world.model.events.allSatisfy { sequence, event in
            contents.events[sequence]?.body == event.body
        }
        return isWhole ? .misread : .silent
    }
}
