import RelayCore
import RelayStore
import RelayTesting

extension Witness {
    func replayed(_ key: Key) {
        tracks[key, default: Track()].isReplayed = true
        tracks[key, default: Track()].isDelivered = false
        tracks[key, default: Track()].notBeforeMs = nil
        withdrawnFromMs[key] = nil
    }

    /// - Parameter byMs: when the relay must know; nil: it is only asked for.
    func discarded(_ key: Key, byMs: Int64? = nil) {
        tracks[key, default: Track()].isDiscarded = true
        withdrawnFromMs[key] = byMs
    }

    /// What was acknowledged under a number and must be found by who wants to erase it.
    func checkErasure(of number: Int, finds sequences: [Int64], prunes: Bool) {
        let found = Set(sequences)
        for event in acknowledged where event.number == number {
            let sequence = event.id.sequence
            if prunes || found.contains(sequence) || toBeErased.contains(sequence) { continue }
            note(World.Finding("\(sequence) is overlooked by who erases \(number)"))
        }
        toBeErased.formUnion(sequences)
        for site in 0..<3 {
            for sequence in sequences { discarded(Key(site: site, sequence: sequence)) }
        }
    }

    func erasureIsDone(_ sequences: [Int64], byMs: Int64) {
        counts.erased += sequences.count
        erased.formUnion(sequences)
        for site in 0..<3 {
            for sequence in sequences {
                withdrawnFromMs[Key(site: site, sequence: sequence)] = byMs
            }
        }
    }

    // MARK: In the end

    /// Whether what the store holds is what must have come of what was seen.
    func judge(
        _ contents: StoreContents, numberOfSite: [Int64], maxAgeMs: Int64, prunes: Bool
    ) throws {
        for (number, id, _) in acknowledged {
            guard let event = contents.events[id.sequence] else {
                guard prunes else { throw World.Finding("\(number) was acknowledged and is gone") }
                continue
            }
            if event.isErased || erased.contains(id.sequence) {
                try checkErased(id.sequence, event)
            } else if event.duplicateOf == nil, event.body != offers[number]?.body {
                throw World.Finding("\(number) was acknowledged and is altered")
            }
        }
        let offered = Dictionary(
            offers.values.map { ($0.body, $0) }, uniquingKeysWith: { first, _ in first })
        for (sequence, event) in contents.events.sorted(by: { $0.key < $1.key })
        where event.duplicateOf == nil && !event.isErased {
            guard let offer = offered[event.body] else {
                throw World.Finding("\(sequence) was never offered")
            }
            try judge(sequence, offer, contents, numberOfSite, prunes: prunes)
        }
        for (row, place) in contents.deliveries.sorted(by: { $0.key < $1.key }) {
            guard let site = numberOfSite.firstIndex(of: row.destination) else {
                throw World.Finding("\(row) leads nowhere")
            }
            try judge(
                Key(site: site, sequence: row.sequence), place,
                contents.events[row.sequence], maxAgeMs)
        }
    }

    private func checkErased(_ sequence: Int64, _ event: StoreContents.Event) throws {
        guard toBeErased.contains(sequence) else {
            throw World.Finding("\(sequence) is erased, and nobody has asked for that")
        }
        guard event.isErased, event.body.isEmpty, event.lane == nil else {
            throw World.Finding("\(sequence) was to be erased, and something is left of it")
        }
    }

    /// As many rows as destinations.
    private func judge(
        _ sequence: Int64, _ offer: Offer, _ contents: StoreContents,
        _ numberOfSite: [Int64], prunes: Bool
    ) throws {
        for site in offer.hook.sites {
            let row = DeliveryKey(sequence: sequence, destination: numberOfSite[site])
            guard contents.deliveries[row] == nil else { continue }
            // Retention takes one row of an event after the other, those that were delivered.
            let track = tracks[Key(site: site, sequence: sequence)] ?? Track()
            guard prunes, track.wasTold || track.isTaken else {
                throw World.Finding("\(row) has vanished")
            }
        }
    }

    private func judge(
        _ key: Key, _ place: StoreContents.Place, _ event: StoreContents.Event?, _ maxAgeMs: Int64
    ) throws {
        let track = tracks[key] ?? Track()
        switch place {
        case .queued: throw World.Finding("\(key) still waits")
        case .delivered:
            counts.delivered += 1
            guard track.wasTold || track.isTaken else {
                throw World.Finding("\(key) counts as delivered, and its site never took it")
            }
        case .dead:
            counts.dead += 1
            guard track.isCondemned || event?.isParsable == false else {
                throw World.Finding("\(key) is dead, and no answer has condemned it")
            }
        case .expired(let atMs, _):
            counts.expired += 1
            let ageMs = atMs - (event?.receivedAtMs ?? atMs)
            guard track.isReplayed || ageMs >= maxAgeMs else {
                throw World.Finding("\(key) has expired after \(ageMs) ms")
            }
        case .discarded:
            counts.discarded += 1
            guard track.isDiscarded else {
                throw World.Finding("\(key) is discarded, and nobody has asked for that")
            }
        }
    }
}
