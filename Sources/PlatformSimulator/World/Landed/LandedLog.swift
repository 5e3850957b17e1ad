/// The accepted messages, newest kept, bounded by count and by the bytes of their bodies.
struct LandedLog {
    private var records: [LandedRecord] = []
    /// Where the oldest kept record stands; what is before it is stale.
    private var head = 0
    /// Where the oldest record with a body stands.
    private var firstWithBody = 0
    private var bodyBytes = 0
    private(set) var lastSequence: UInt64 = 0

    var count: Int { records.count - head }

    mutating func takeSequence() -> UInt64 {
        lastSequence += 1
        return lastSequence
    }

    mutating func append(_ record: LandedRecord, settings: SimulatorSettings) {
        records.append(record)
        bodyBytes += record.body?.count ?? 0
        while count > settings.keptRecords {
            dropBody(at: head)
            head += 1
        }
        while bodyBytes > settings.keptBodyBytes, firstWithBody < records.count {
            dropBody(at: firstWithBody)
        }
        if head > 4096, head * 2 > records.count {
            records.removeFirst(head)
            firstWithBody = max(0, firstWithBody - head)
            head = 0
        }
    }

    private mutating func dropBody(at index: Int) {
        bodyBytes -= records[index].body?.count ?? 0
        records[index].body = nil
        firstWithBody = max(firstWithBody, index + 1)
    }

    /// In order of acceptance, those after `since` that pass.
    func list(
        since: UInt64, limit: Int, where passes: (LandedRecord) -> Bool
    ) -> [LandedRecord] {
        var found: [LandedRecord] = []
        for record in records[firstIndex(after: since)...] where passes(record) {
            guard found.count < limit else { break }
            found.append(record)
        }
        return found
    }

    /// The newest, newest first.
    func newest(_ limit: Int) -> [LandedRecord] {
        Array(records[head...].suffix(limit).reversed())
    }

    /// Sequences have no gaps, so the place can be computed.
    private func firstIndex(after sequence: UInt64) -> Int {
        guard head < records.count, sequence >= records[head].sequence else { return head }
        let offset = sequence - records[head].sequence + 1
        return offset >= UInt64(count) ? records.count : head + Int(offset)
    }
}
