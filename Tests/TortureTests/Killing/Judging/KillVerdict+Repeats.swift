import RelayTesting

/// What may come again after a kill: only what was taken and not recorded, and of that only what
/// can have been under way.
extension KillVerdict {
    func checkAgain(at destination: Int, _ tally: inout KillTally) throws {
        let lives = books.ends.count + 1
        var perKill = [Int](repeating: 0, count: lives)
        for (number, all) in Dictionary(grouping: books.arrivals[destination], by: \.number) {
            try require(
                all.allSatisfy { (1...lives).contains($0.life) }, "\(number) came in no life")
            // A sink may read what a dead relay has sent after what its successor sends.
            let inLife = (1...lives).map { life in all.filter { $0.life == life } }
            for life in 1...lives { try checkWithin(life, number, inLife[life - 1]) }
            let ordered = inLife.flatMap { $0 }
            for (index, arrival) in ordered.enumerated() {
                let wasTaken = ordered[..<index].first(where: \.isTaken)?.life
                try checkRecorded(arrival, at: destination, takenIn: wasTaken)
            }
            for (first, again) in zip(ordered, ordered.dropFirst())
            where first.isTaken && again.life > first.life {
                perKill[first.life - 1] += 1
            }
        }
        tally.repeated += perKill.reduce(0, +)
        tally.repeatedMost = max(tally.repeatedMost, perKill.max() ?? 0)
    }

    /// Without a kill nothing comes again but what a command asked for, once.
    private func checkWithin(_ life: Int, _ number: Int64, _ arrivals: [Arrival]) throws {
        let again = arrivals.dropLast().filter(\.isTaken).count
        let asked = books.replayed[life]?.contains(number) == true ? 1 : 0
        try require(again <= asked, "\(number) was taken and came again in the same life, \(life)")
    }

    /// Whatever the store held as final when a life ended does not come in a later one.
    private func checkRecorded(
        _ arrival: Arrival, at destination: Int, takenIn taken: Int?
    ) throws {
        let key = KillBooks.key(arrival.id, destination)
        for life in 1..<max(arrival.life, 1) {
            let store = books.ends[life - 1].store
            // Retention removes rows: then it is final because it waits no longer.
            let isFinal =
                store.delivered.contains(key)
                || (taken.map { $0 <= life } == true && !store.waiting.contains(key))
            let isAsked = books.isReplayed(arrival.number, after: life, to: arrival.life)
            try require(
                !isFinal || isAsked,
                "\(arrival.number) (\(key)) was recorded when life \(life) ended and came again in "
                    + "life \(arrival.life)")
        }
    }

    /// What was taken in a life and still waits when it ends will come again.
    ///
    /// An answer counts against the window until the scheduler has decided what it means, and in
    /// the same turn it hands the finishes to the writer. The writer commits all that it has been
    /// handed, in order. So whenever a commit holds something that came about after an instant (an
    /// event that left its sender later, or a finish whose request was read later), every request
    /// that was read before this instant is recorded, but for those that were under way then. Those
    /// that were read after the last such instant may be more: they fill the one or two groups
    /// that the kill found before or inside their commit, however often the window went round
    /// meanwhile.
    func checkUnderWay(_ tally: inout KillTally) throws {
        for (index, end) in books.ends.enumerated() {
            let life = index + 1
            let proofNs = lastProofNs(end, life)
            for (destination, most) in books.underWayMost.enumerated() {
                var before: Set<String> = []
                var all: Set<String> = []
                for arrival in books.arrivals[destination]
                where arrival.life == life && arrival.isTaken
                    && !books.isEverReplayed(arrival.number)
                {
                    let key = KillBooks.key(arrival.id, destination)
                    guard end.store.waiting.contains(key) else { continue }
                    all.insert(key)
                    if arrival.readAtNs < proofNs { before.insert(key) }
                }
                tally.unrecordedMost = max(tally.unrecordedMost, before.count)
                tally.unprovenMost = max(tally.unprovenMost, all.count - before.count)
                try require(
                    before.count <= most,
                    "\(before.count) taken by d\(destination) in life \(life) were not recorded by "
                        + "a later commit, more than the \(most) that can have been under way")
            }
        }
    }

    /// The latest instant after which something came about that the store of this end holds.
    private func lastProofNs(_ end: KillBooks.LifeEnd, _ life: Int) -> Int64 {
        var latest = end.lastProofNs
        for (destination, arrivals) in books.arrivals.enumerated() {
            for arrival in arrivals
            where arrival.life == life && arrival.isTaken && arrival.readAtNs > latest
                && !books.isEverReplayed(arrival.number)
                && end.store.delivered.contains(KillBooks.key(arrival.id, destination))
            {
                latest = arrival.readAtNs
            }
        }
        return latest
    }
}
