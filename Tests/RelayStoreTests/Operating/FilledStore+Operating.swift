import RelayCore
import SQLite

@testable import RelayStore

extension FilledStore {
    func changer() throws -> StoreChanger { try StoreChanger(file: file, now: now) }

    /// What a filter chooses, oldest first.
    func chosen(_ states: Set<DeliveryState> = [], ids: Set<EventID>? = nil) throws
        -> [ChosenDelivery]
    {
        var filter = DeliveryFilter()
        filter.states = states
        filter.ids = ids
        let reader = try reader()
        defer { reader.close() }
        var found: [ChosenDelivery] = []
        try reader.list(filter, now: now) { records in
            found += records.compactMap(ChosenDelivery.init)
            return true
        }
        return found.reversed()
    }

    func audit() throws -> AuditReport {
        let reader = try reader()
        defer { reader.close() }
        return try reader.audit(now: now)
    }

    /// All that is due, as the scheduler reads it.
    func claims(_ destination: String = "platform") throws -> [Claim] {
        let reader = try ClaimReader(file: file)
        defer { reader.close() }
        let number = try number(destination, .destination)
        return try reader.claimDue(
            .untried(destination: number, after: 0, count: 10_000, bytes: .max))
            + reader.claimDue(
                .tried(
                    destination: number, after: (1, -1), now: now, count: 10_000, bytes: .max))
    }

    func scalar(_ sql: String) throws -> Int64 { try ledger.connection.scalar(sql) ?? 0 }

    /// Stores one event and ends its delivery.
    @discardableResult
    func add(
        _ body: String, _ result: Finish.Result, status: Int? = 400, message: String? = nil
    ) throws -> Claim {
        pass(ms: 1000)
        let claim = try accept(event(try route(), body: body, lane: "lane"))[0]
        let errorClass: ErrorClass? = result == .delivered ? nil : .rejected
        try finish(claim, result, status: status, errorClass: errorClass, message: message)
        return claim
    }
}
