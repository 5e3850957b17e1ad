import RelayCore
import Testing

@testable import RelayStore

struct ShowAndStatusTests {
    @Test func `an event is shown with its receipt and its history`() throws {
        let store = try FilledStore()
        let route = try store.route()
        let claim = try store.accept(store.event(route, body: #"{"a":1}"#, lane: "c-1"))[0]
        try store.finish(
            claim, .retry(at: store.now.adding(ms: 10)), status: 503, errorClass: .serverError,
            message: "busy")
        store.pass(ms: 10)
        let again = Claim(
            id: claim.id, destination: claim.destination, dueAtMs: store.now.milliseconds,
            attempts: 1, source: claim.source, hook: claim.hook, receivedAt: claim.receivedAt,
            lane: claim.lane, replay: nil, body: claim.body)
        try store.finish(again, .delivered, status: 200, tracer: "t-1")
        let event = try #require(try store.reader().show(claim.id, now: store.now))
        #expect(event.deliveries.count == 1)
        #expect(event.deliveries[0].history.map(\.number) == [1, 2])
        #expect(event.deliveries[0].record.tracer == "t-1")
        let json = event.json(includingBody: true)[0]
        #expect(
            json.keys == [
                "id", "source", "hook", "destination", "state", "attempts", "receivedAt",
                "finishedAt", "bytes", "lane", "lastStatus", "tracer", "query", "headers",
                "remoteAddress", "body", "history",
            ])
        #expect(json["headers"]?["x-two"] == "a, b")
        #expect(json["body"]?["a"] == 1)
        #expect(
            json["history"]?[0]?.object?.keys == [
                "attempt", "startedAt", "durationMs", "status", "errorClass", "message",
            ])
    }

    @Test func `a body that is not JSON is shown in base 64`() throws {
        let store = try FilledStore()
        let route = try store.route()
        let id = try store.accept(store.event(route, body: "oh", isParsable: false))[0].id
        let event = try #require(try store.reader().show(id, now: store.now))
        let json = event.json(includingBody: true)[0]
        #expect(json["bodyBase64"] == "b2g=")
        #expect(json["body"] == nil)
        #expect(json["errorClass"] == "unparsable")
        #expect(event.json(includingBody: false)[0]["bodyBase64"] == nil)
    }

    @Test func `the fields of each state are there and no others`() throws {
        let store = try FilledStore()
        let ids = try store.fillEveryState()
        var keys: [String: [String]] = [:]
        try store.reader().list(DeliveryFilter(), now: store.now) { records in
            for record in records {
                let name = ids.first { $0.value == record.id }?.key ?? "?"
                keys[name] = record.json.keys
            }
            return true
        }
        let common = [
            "id", "source", "hook", "destination", "state", "attempts", "receivedAt",
        ]
        #expect(keys["queued"] == common + ["dueAt", "bytes", "lane"])
        #expect(
            keys["tried"]
                == common + ["dueAt", "bytes", "lane", "lastStatus", "lastError", "errorClass"])
        #expect(
            keys["delivered"] == common + ["finishedAt", "bytes", "lane", "lastStatus", "tracer"])
        #expect(
            keys["dead"]
                == common + [
                    "finishedAt", "bytes", "lane", "lastStatus", "lastError", "errorClass",
                ])
        #expect(keys["discarded"] == common + ["finishedAt", "bytes", "lane", "lastError"])
    }

    @Test func `status counts every state and says what the relay said`() throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        let platform = try store.number("platform", .destination)
        let report = GateReport(
            destination: platform, state: "resting", until: store.now.adding(ms: 9000),
            inFlight: 1, window: 4, lastError: "timeout", lastErrorAt: store.now,
            saidAt: store.now)
        try store.ledger.transaction { try $0.publish(report) }
        store.pass(ms: 1000)
        let status = try store.reader().status(now: store.now)
        let expected: [DeliveryState: Int64] = [
            .queued: 1, .inflight: 1, .held: 1, .delivered: 1, .dead: 2, .discarded: 1, .expired: 1,
        ]
        for (state, count) in expected { #expect(status.counts[state] == count, "\(state)") }
        #expect(status.json["oldestQueuedSeconds"] == 8)
        #expect(status.destinations.map(\.name) == ["platform", "copy"])
        #expect(status.destinations.map(\.state) == ["resting", "held"])
        store.pass(ms: 5000)
        let later = try store.reader().status(now: store.now)
        #expect(later.counts[.inflight] == 0)
        #expect(later.counts[.queued] == 2)
    }

    @Test func `a hold that has run out holds nothing`() throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        try store.execute("UPDATE holds SET until_ms = held_at_ms + 10")
        store.pass(ms: 20)
        #expect(try store.reader().status(now: store.now).counts[.held] == 0)
    }

    @Test func `an empty store has nothing to say`() throws {
        let store = try FilledStore()
        let status = try store.reader().status(now: store.now)
        #expect(status.oldestReceivedAt == nil)
        #expect(status.destinations.isEmpty)
        #expect(status.json["oldestQueuedSeconds"] == nil)
    }
}
