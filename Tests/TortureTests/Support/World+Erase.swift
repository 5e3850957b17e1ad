import RelayCore
import RelayStore
import RelayTesting
import SQLite

extension World {
    /// Few, so that a cut may fall between two steps.
    private static let eventsPerStep = 2

    /// Erases as the command does. When the power goes in the middle, each step is done or not,
    /// and the same command finishes it.
    func erase(_ number: Int) throws {
        var filter = DeliveryFilter()
        filter.matches = [
            BodyMatch(pointer: JSONPointer(tokens: ["message"]), value: "number \(number)")
        ]
        for _ in 0..<5 {
            let sequences = try choose(filter, number)
            let slices = stride(from: 0, to: sequences.count, by: Self.eventsPerStep).map {
                sequences[$0..<min($0 + Self.eventsPerStep, sequences.count)]
            }
            var stages: [StoreContents] = [model]
            for slice in slices {
                var after = stages[stages.count - 1]
                for sequence in slice { after.erase(sequence, now: clock.now) }
                stages.append(after)
            }
            if try isDone(stages, { try erase(slices, filter) }) {
                return try checkNothingIsLeft(of: number)
            }
        }
        throw Finding("an erasure that is never done")
    }

    private func isDone(_ stages: [StoreContents], _ body: () throws -> Void) throws -> Bool {
        do {
            try body()
            try settle(nil, after: stages)
            return true
        } catch let finding as Finding {
            throw finding
        } catch {
            try settle(error, after: stages)
            return false
        }
    }

    /// What is there and holds it, in the words of the store; the model must say the same.
    private func choose(_ filter: DeliveryFilter, _ number: Int) throws -> [Int64] {
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        let found = try reader.eventsToErase(filter) { _, _ in true }.sequences
        let body = Fixtures.body(number)
        var wanted: Set<Int64> = []
        for (sequence, event) in model.events.sorted(by: { $0.key < $1.key }) {
            let isRepeat = event.duplicateOf.map(wanted.contains) ?? false
            let bare = event.body.reversed().drop { $0 == 9 || $0 == 10 || $0 == 13 }.reversed()
            if !event.isErased, isRepeat || Array(bare) == body { wanted.insert(sequence) }
        }
        guard found == wanted.sorted() else {
            throw Finding("to be erased: \(found), expected \(wanted.sorted())")
        }
        return found
    }

    private func erase(_ slices: [ArraySlice<Int64>], _ filter: DeliveryFilter) throws {
        let changer = try StoreChanger(file: file, now: clock.now)
        defer { changer.close() }
        try changer.beginErasure()
        for slice in slices {
            _ = try changer.erase(slice, who: "torture", now: clock.now)
        }
        _ = try changer.eraseText(ErasedText(filter), who: "torture", now: clock.now)
        while try changer.giveBackFreePages() > 0 {}
        guard try changer.clearLog() else { throw Finding("the log is not cleared") }
    }

    private func checkNothingIsLeft(of number: Int) throws {
        let connection = try file.openForReading()
        defer { connection.close() }
        for table in ["attempts", "dead_letters", "discarded"] {
            let left = try connection.scalar(
                "SELECT count(*) FROM \(table) WHERE instr(message, 'number \(number)\"') > 0")
            guard left == 0 else { throw Finding("\(table) still quotes what was erased") }
        }
    }
}
