import RelayCore
import RelayTesting

/// Compares the three books: the sender's, the sinks' and the relay's. Judges nothing by how long
/// it took; times are only used to say what came first.
struct KillVerdict {
    let books: KillBooks

    /// Throws the first thing that is wrong.
    func tally() throws -> KillTally {
        var tally = KillTally()
        tally.kills = books.ends.count
        tally.acknowledged = books.sent.acknowledged.count
        tally.recorded = books.ends.last?.store.delivered.count ?? 0
        var ids: [String: Int64] = [:]
        for (destination, arrivals) in books.arrivals.enumerated() {
            tally.arrived += arrivals.count
            for arrival in arrivals { try checkOrigin(arrival, at: destination, &ids) }
            try checkArrival(at: destination)
            try checkAgain(at: destination, &tally)
            try checkRecords(at: destination)
        }
        try checkOrder()
        try checkUnderWay(&tally)
        try checkStored()
        return tally
    }

    func require(_ condition: Bool, _ what: @autoclosure () -> String) throws {
        guard condition else { throw KillFinding(what()) }
    }

    /// Nothing invented, nothing altered, one id for each event.
    private func checkOrigin(
        _ arrival: Arrival, at destination: Int, _ ids: inout [String: Int64]
    ) throws {
        let number = arrival.number
        let sent = books.sent
        try require(sent.sent[number] != nil, "\(number) arrived and was never sent")
        try require(sent.sent[number] == arrival.body, "\(number) arrived altered")
        try require(
            isRouted(number, to: destination), "\(number) arrived at d\(destination), not its own")
        try require(
            sent.refused[number] == nil,
            "\(number) was refused with \(sent.refused[number] ?? 0) and arrived all the same")
        let known = sent.acknowledged[number]
        try require(
            known == nil || known == arrival.id,
            "\(number) was acknowledged as \(known ?? "") and arrived as \(arrival.id)")
        let owner = ids[arrival.id] ?? number
        try require(owner == number, "\(arrival.id) stands for \(owner) and for \(number)")
        ids[arrival.id] = number
    }

    /// The first source has one destination, the second two, and so on.
    private func isRouted(_ number: Int64, to destination: Int) -> Bool {
        (books.sent.sources[number] ?? -1) >= destination
    }

    /// Every acknowledged event has arrived at each of its destinations, or was given up there by
    /// a command.
    private func checkArrival(at destination: Int) throws {
        let taken = Set(books.arrivals[destination].lazy.filter(\.isTaken).map(\.number))
        for (number, id) in books.sent.acknowledged where isRouted(number, to: destination) {
            // Where retention runs the row may be gone by now, too.
            let key = KillBooks.key(id, destination)
            let isGone =
                books.givenUp.contains(number)
                && (books.mayForget || books.last.discarded.contains(key))
            try require(
                taken.contains(number) || isGone,
                "\(number) (\(id)) was acknowledged and never arrived at d\(destination)")
        }
    }

    /// What the store has as delivered was taken: by the end of that life, and at the very end.
    private func checkRecords(at destination: Int) throws {
        var taken: [String: Int] = [:]
        for arrival in books.arrivals[destination] where arrival.isTaken {
            let key = KillBooks.key(arrival.id, destination)
            taken[key] = min(taken[key] ?? .max, arrival.life)
        }
        let stores = books.ends.map(\.store) + [books.last]
        for (index, store) in stores.enumerated() {
            for key in store.delivered where key.hasSuffix(" d\(destination)") {
                try require(
                    taken[key] ?? .max <= index + 1,
                    "\(key) is recorded as delivered in life \(index + 1) and was never taken")
            }
        }
    }

    /// At the end nothing waits or is given up by the relay. The store has what was acknowledged,
    /// and beside it only what was never answered.
    private func checkStored() throws {
        let last = books.last
        try require(last.waiting.isEmpty, "\(last.waiting.count) still wait at the end")
        try require(last.parked.isEmpty, "\(last.parked) was given up by the relay")
        guard !books.mayForget else { return }
        for (number, id) in books.sent.acknowledged {
            for destination in books.arrivals.indices where isRouted(number, to: destination) {
                let key = KillBooks.key(id, destination)
                try require(
                    last.delivered.contains(key)
                        || (last.discarded.contains(key) && books.givenUp.contains(number)),
                    "\(key) was acknowledged and is not in the store")
            }
        }
        let others = last.ids.subtracting(books.sent.acknowledged.values)
        try require(
            others.count <= books.sent.unanswered.count,
            "the store has \(others.count) events that nobody sent")
    }
}

/// What a round has found to be wrong.
struct KillFinding: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) { description = what }
}
