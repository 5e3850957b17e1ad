import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import Testing

/// What an operator gives up or erases while the scheduler has it in memory must not leave.
@Suite struct WithdrawnTests {
    private func chosen(_ delivery: TestDelivery, _ ids: Set<EventID>) throws -> [ChosenDelivery] {
        let reader = try StoreReader(file: delivery.store.file)
        defer { reader.close() }
        var found: [ChosenDelivery] = []
        try reader.list(DeliveryFilter(), now: delivery.store.clock.now) { records in
            found += records.filter { ids.contains($0.id) }.compactMap(ChosenDelivery.init)
            return true
        }
        return found
    }

    /// Events that are in memory while their destination is held, given up by `change`; then the
    /// destination is released.
    private func withheld(
        lanes: [String?], _ change: (TestDelivery, StoreChanger, [EventID]) throws -> Void
    ) throws -> (TestDelivery, [EventID]) {
        let delivery = try TestDelivery()
        try delivery.start()
        let now = delivery.store.clock.now
        let changer = try StoreChanger(file: delivery.store.file, now: now)
        defer { changer.close() }
        try changer.hold("platform", until: nil, reason: "", now: now)
        delivery.waitUntilSaid("destination held")
        let ids = lanes.enumerated().map { delivery.accept($0, lane: $1) }
        delivery.settle()
        try change(delivery, changer, ids)
        _ = try changer.release("platform", now: now)
        return (delivery, ids)
    }

    @Test(arguments: [nil, "a"]) func `what is discarded in memory is not sent`(lane: String?)
        throws
    {
        let (delivery, _) = try withheld(lanes: [nil, lane, lane]) { delivery, changer, ids in
            let chosen = try chosen(delivery, [ids[1]])
            let step = try changer.discard(
                chosen[...], reason: "", now: delivery.store.clock.now)
            #expect(step.discarded == 1)
        }
        let sent = [delivery.sender.next(), delivery.sender.next()]
        for request in sent { request.accept() }
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        #expect(!sent.contains { $0.text.contains("number 1\"") })
        let account = try Account(delivery.store)
        #expect(account.delivered == 2 && account.discarded == 1)
    }

    @Test func `what is erased in memory is not sent`() throws {
        let (delivery, _) = try withheld(lanes: [nil, nil]) { delivery, changer, ids in
            try changer.beginErasure()
            _ = try changer.erase(
                [ids[0].sequence][...], who: "test", now: delivery.store.clock.now)
        }
        let sent = delivery.sender.next()
        #expect(sent.text.contains("number 1\""))
        sent.accept()
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
    }

    @Test func `what is discarded and sent again goes once, with its patch`() throws {
        let patch = Array(#"[{"op":"add","path":"/mended","value":true}]"#.utf8)
        let (delivery, _) = try withheld(lanes: [nil]) { delivery, changer, ids in
            let now = delivery.store.clock.now
            _ = try changer.discard(
                try chosen(delivery, [ids[0]])[...], reason: "", now: now)
            let again = try chosen(delivery, [ids[0]])
            let order = ReplayOrder(
                who: "test", asked: "all", patch: try JSONPatch(patch), patchText: patch)
            let id = try changer.beginReplay(order, chosen: 1, resuming: nil, now: now)
            _ = try changer.replay(again[...], id: id, patch: order.patch, now: now)
            try changer.endReplay(id, now: now)
        }
        delivery.advance(ms: 1)
        let sent = delivery.sender.next()
        #expect(sent.text.contains("mended"))
        sent.accept()
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        #expect(try Account(delivery.store).delivered == 1)
    }

    @Test func `what is discarded in a half that waits is left out of it`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        setup.packing = Packing(
            maxMessages: 4, maxBytes: 100_000, overheadBytes: 0, lingerMs: 0)
        let delivery = try TestDelivery(setup)
        let ids = (0..<4).map { delivery.accept($0) }
        try delivery.start()
        delivery.sender.next().answer(413)
        let half = delivery.sender.next()
        #expect(!half.text.contains("number 2\""))
        let now = delivery.store.clock.now
        let changer = try StoreChanger(file: delivery.store.file, now: now)
        defer { changer.close() }
        _ = try changer.discard(try chosen(delivery, [ids[2]])[...], reason: "", now: now)
        try changer.hold("platform", until: nil, reason: "", now: now)
        delivery.waitUntilSaid("destination held")
        half.answer(
            207,
            #"""
            {"batchId":"b","receivedRequestCount":2,
             "responses":[{"xactionId":"1"},{"xactionId":"2"}]}
            """#)
        _ = try changer.release("platform", now: now)
        let rest = delivery.sender.next()
        #expect(rest.text.contains("number 3\"") && !rest.text.contains("number 2\""))
        rest.accept()
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
    }

    @Test func `what is discarded while its batch is out is left out of the halves`() throws {
        var setup = TestDelivery.Setup()
        setup.window = 1
        setup.packing = Packing(
            maxMessages: 4, maxBytes: 100_000, overheadBytes: 0, lingerMs: 0)
        let delivery = try TestDelivery(setup)
        let ids = (0..<4).map { delivery.accept($0, lane: "\($0 % 3)") }
        try delivery.start()
        let whole = delivery.sender.next()
        #expect(whole.text.contains("number 1\""))
        let now = delivery.store.clock.now
        let changer = try StoreChanger(file: delivery.store.file, now: now)
        defer { changer.close() }
        _ = try changer.discard(
            try chosen(delivery, [ids[0], ids[1]])[...], reason: "", now: now)
        try changer.hold("platform", until: nil, reason: "", now: now)
        delivery.waitUntilSaid("destination held")
        whole.answer(413)
        _ = try changer.release("platform", now: now)
        var bodies = ""
        for _ in 0..<2 {
            let sent = delivery.sender.next()
            bodies += sent.text
            sent.accept()
        }
        delivery.settle()
        #expect(delivery.sender.waiting == 0)
        #expect(bodies.contains("number 2\"") && bodies.contains("number 3\""))
        #expect(!bodies.contains("number 0\"") && !bodies.contains("number 1\""))
        #expect(try Account(delivery.store).delivered == 2)
    }
}
