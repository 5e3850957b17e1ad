import RelayCore
import Testing

@testable import RelayStore

struct ListingTests {
    private func list(
        _ store: FilledStore, limit: Int? = nil, _ set: (inout DeliveryFilter) -> Void = { _ in }
    ) throws -> [DeliveryRecord] {
        var filter = DeliveryFilter()
        set(&filter)
        var records: [DeliveryRecord] = []
        try store.reader().list(filter, limit: limit, now: store.now) {
            records.append(contentsOf: $0)
            return true
        }
        return records
    }

    private func names(_ records: [DeliveryRecord], _ ids: [String: EventID]) -> [String] {
        records.map { record in ids.first { $0.value == record.id }?.key ?? "?" }
    }

    @Test func `the newest event comes first, whatever its state`() throws {
        let store = try FilledStore()
        let ids = try store.fillEveryState()
        let records = try list(store)
        #expect(
            names(records, ids) == [
                "discarded", "expired", "unparsable", "dead", "delivered", "held", "tried",
                "queued",
            ])
        #expect(
            records.map(\.state) == [
                .discarded, .expired, .dead, .dead, .delivered, .held, .queued, .queued,
            ])
    }

    @Test(arguments: [
        (DeliveryState.queued, ["tried", "queued"]), (.held, ["held"]),
        (.delivered, ["delivered"]), (.dead, ["unparsable", "dead"]), (.expired, ["expired"]),
        (.discarded, ["discarded"]), (.inflight, []),
    ])
    func `a state shows its own deliveries only`(state: DeliveryState, expected: [String]) throws {
        let store = try FilledStore()
        let ids = try store.fillEveryState()
        #expect(names(try list(store) { $0.states = [state] }, ids) == expected)
    }

    @Test func `what is being sent is in flight for as long as the relay says so`() throws {
        let store = try FilledStore()
        let ids = try store.fillEveryState()
        let platform = try store.number("platform", .destination)
        for name in ["queued", "tried"] {
            let sequence = try #require(ids[name]?.sequence)
            try store.execute("INSERT INTO in_flight VALUES (\(platform), \(sequence))")
        }
        let report = GateReport(
            destination: platform, state: "open", until: nil, inFlight: 2, window: 8,
            lastError: nil, lastErrorAt: nil, saidAt: store.now)
        try store.ledger.transaction { try $0.publish(report) }
        #expect(names(try list(store) { $0.states = [.inflight] }, ids) == ["tried", "queued"])
        #expect(try list(store) { $0.states = [.queued] }.isEmpty)
        #expect(try list(store).filter { $0.state == .inflight }.count == 2)
        #expect(
            try list(store) { $0.ids = ids["queued"].map { [$0] } }.map(\.state) == [.inflight])
        store.pass(ms: 6000)
        #expect(try list(store) { $0.states = [.inflight] }.isEmpty)
        #expect(try list(store) { $0.states = [.queued] }.count == 2)
    }

    @Test func `each filter narrows`() throws {
        let store = try FilledStore()
        let ids = try store.fillEveryState()
        func found(_ set: (inout DeliveryFilter) -> Void) throws -> [String] {
            names(try list(store, set), ids)
        }
        #expect(try found { $0.destinations = ["copy"] } == ["held"])
        #expect(try found { $0.statuses = [503, 200] } == ["delivered", "tried"])
        #expect(try found { $0.errorClasses = [.rejected] } == ["dead"])
        #expect(try found { $0.errorClasses = [.expired] } == ["expired"])
        #expect(try found { $0.contains = [Array("\"tried\"".utf8)] } == ["tried"])
        #expect(try found { $0.matches = [BodyMatch("/n=4")].compactMap { $0 } } == ["dead"])
        #expect(
            try found { $0.matches = [BodyMatch("/name=held")].compactMap { $0 } } == ["held"])
        #expect(
            try found {
                $0.ids = [ids["queued"], ids["expired"]].reduce(into: []) {
                    $0.formUnion([$1].compactMap { $0 })
                }
            }
                == ["expired", "queued"])
        #expect(
            try found { $0.since = FilledStore.start.adding(ms: 7000) } == ["discarded", "expired"])
        #expect(
            try found { $0.until = FilledStore.start.adding(ms: 3000) } == ["tried", "queued"])
        #expect(try found { $0.sources = ["chatlio"] }.count == 8)
        #expect(try list(store, limit: 3).count == 3)
    }

    @Test func `an unknown name is an error that knows better`() throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        let error = #expect(throws: UnknownName.self) {
            _ = try list(store) { $0.destinations = ["platfrom"] }
        }
        #expect(error?.nearest == "platform")
        #expect(error?.known == ["copy", "platform"])
    }

    @Test func `an id of another store finds nothing`() throws {
        let store = try FilledStore()
        let id = try #require(try store.fillEveryState()["queued"])
        let other = EventID(
            sequence: id.sequence, lineage: (id.lineage + 1) % EventID.lineageLimit)
        #expect(try list(store) { $0.ids = [other] }.isEmpty)
    }

    @Test func `a duplicate is listed only by its id`() throws {
        let store = try FilledStore()
        let route = try store.route(dedupWindowMs: 60_000)
        let first = try store.accept(store.event(route, body: "{}"))[0].id
        store.pass(ms: 5)
        try store.accept(store.event(route, body: "{}"))
        let second = EventID(sequence: store.ledger.lastSequence, lineage: first.lineage)
        #expect(try list(store).map(\.id) == [first])
        let named = try list(store) { $0.ids = [second] }
        #expect(named.map(\.duplicateOf) == [first])
        #expect(named[0].state == nil)
        #expect(named[0].json.keys.contains("attempts") == false)
        #expect(try store.reader().show(first, now: store.now)?.duplicates == 1)
        #expect(try store.reader().show(second, now: store.now)?.duplicateOf == first)
    }

    @Test func `an event with two destinations is listed once for each`() throws {
        let store = try FilledStore()
        let route = try store.route(destinations: ["platform", "copy"])
        for _ in 0..<70 {
            store.pass(ms: 1)
            let claims = try store.accept(store.event(route, body: "{}"))
            try store.finish(claims[1], .delivered, status: 200)
        }
        var keys: [DeliveryKey] = []
        let reader = try store.reader()
        var place: DeliveryKey?
        repeat {
            let page = try reader.page(DeliveryFilter(), before: place, rows: 7, now: store.now)
            keys += page.records.map(\.key)
            place = page.next
        } while place != nil
        #expect(keys.count == 140)
        #expect(keys == keys.sorted(by: >))
        #expect(Set(keys).count == 140)
    }
}
