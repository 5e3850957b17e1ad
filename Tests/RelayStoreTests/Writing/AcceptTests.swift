import RelayCore
import RelayStore
import RelayTesting
import SQLite
import Testing

@Suite struct AcceptTests {
    @Test func `a stored event has its deliveries and its place in the account`() throws {
        let store = try TestStore()
        let route = try store.route(destinations: ["platform", "copy"])
        guard case .stored(let id) = store.accept(Fixtures.event(route: route)) else {
            Issue.record("it must be stored")
            return
        }
        for destination in route.destinations {
            let claims = try store.claims(destination)
            #expect(claims.map(\.id) == [id])
            #expect(claims.first?.body == Fixtures.chat)
            #expect(claims.first?.attempts == 0)
        }
        let account = try Account(store)
        #expect(account.accepted == 2)
        #expect(account.queued == 2)
        #expect(account.isBalanced)
    }

    @Test func `the same body inside the window is answered with the first id`() throws {
        let store = try TestStore()
        let route = try store.route()
        let other = try store.route(hook: "feedback")
        guard case .stored(let first) = store.accept(Fixtures.event(route: route)) else { return }
        #expect(store.accept(Fixtures.event(route: route)) == .duplicate(of: first))
        guard case .stored = store.accept(Fixtures.event(route: other)) else {
            Issue.record("another hook is another event")
            return
        }
        store.clock.advance(ms: 600_001)
        let late = Fixtures.event(route: route, at: store.clock.now)
        guard case .stored(let second) = store.accept(late) else {
            Issue.record("after the window it is new")
            return
        }
        #expect(second != first)
        let account = try Account(store)
        #expect(account.accepted == 4 && account.duplicates == 1 && account.queued == 3)
        #expect(account.isBalanced)
    }

    @Test func `a clock that was wrong for a moment does not widen the window`() throws {
        let store = try TestStore()
        let route = try store.route()
        func accept(_ body: [UInt8]) -> Acceptance {
            store.accept(Fixtures.event(route: route, at: store.clock.now, body: body))
        }
        store.clock.jump(ms: 86_400_000)
        _ = accept(Fixtures.body(1))
        store.clock.jump(ms: -86_400_000)
        guard case .stored = accept(Fixtures.body(2)) else {
            Issue.record("the first of its kind")
            return
        }
        store.clock.advance(ms: 3_600_000)
        guard case .stored = accept(Fixtures.body(2)) else {
            Issue.record("an hour later it is another event, whatever its id says of the time")
            return
        }
    }

    @Test func `a sender's delivery id is the duplicate key where there is one`() throws {
        let store = try TestStore()
        let route = try store.route()
        let one = Fixtures.event(route: route, body: Fixtures.body(1), deliveryID: "msg_1")
        let changed = Fixtures.event(route: route, body: Fixtures.body(2), deliveryID: "msg_1")
        let other = Fixtures.event(route: route, body: Fixtures.body(1), deliveryID: "msg_2")
        guard case .stored(let first) = store.accept(one) else { return }
        #expect(store.accept(changed) == .duplicate(of: first))
        guard case .stored = store.accept(other) else {
            Issue.record("another delivery id is another event")
            return
        }
    }

    @Test func `repeats are recognised after a restart`() throws {
        let store = try TestStore()
        let first = store.accept(Fixtures.event(route: try store.route()))
        store.close()
        let again = try TestStore(clock: store.clock, folder: store.folder)
        guard case .stored(let id) = first else { return }
        let route = try again.route()
        #expect(again.accept(Fixtures.event(route: route)) == .duplicate(of: id))
    }

    @Test func `what is not JSON is stored and parked at once`() throws {
        let store = try TestStore()
        let route = try store.route()
        let event = Fixtures.event(route: route, body: [1, 2, 3], isParsable: false)
        guard case .stored = store.accept(event) else {
            Issue.record("a good token is never refused")
            return
        }
        #expect(try store.claims(route.destinations[0]).isEmpty)
        let account = try Account(store)
        #expect(account.dead == 1 && account.queued == 0 && account.isBalanced)
    }

    @Test func `ids grow even when the clock goes back`() throws {
        let store = try TestStore()
        let route = try store.route()
        var last: Int64 = 0
        for number in 0..<20 {
            if number == 10 { store.clock.jump(ms: -3_600_000) }
            let event = Fixtures.event(
                route: route, at: store.clock.now, body: Fixtures.body(number))
            guard case .stored(let id) = store.accept(event) else { return }
            #expect(id.sequence > last)
            last = id.sequence
        }
    }

    @Test func `below the reserve events are refused and nothing is stored`() throws {
        let store = try TestStore(reserveBytes: .max)
        let route = try store.route()
        #expect(store.accept(Fixtures.event(route: route)) == .refused(.diskFull))
        #expect(try Account(store).accepted == 0)
    }

    @Test func `a stopping store takes nothing more`() throws {
        let store = try TestStore()
        let route = try store.route()
        store.writer.refuseEvents()
        #expect(store.accept(Fixtures.event(route: route)) == .refused(.stopping))
    }

    @Test func `many at once share commits and all get their own answer`() throws {
        let store = try TestStore()
        let route = try store.route()
        let waiters = (0..<5000).map { _ in WaitingForAcceptance() }
        for (number, waiter) in waiters.enumerated() {
            let event = Fixtures.event(route: route, body: Fixtures.body(number))
            store.writer.submit(event, waiter: waiter)
        }
        var ids: Set<EventID> = []
        for waiter in waiters {
            guard case .stored(let id) = waiter.verdict.take() else {
                Issue.record("each must be stored")
                return
            }
            ids.insert(id)
        }
        #expect(ids.count == 5000)
        #expect(store.writer.counts.accepts == 5000)
        #expect(store.writer.counts.groups < 5000, "groups, not one commit each")
        #expect(try Account(store).isBalanced)
    }

    @Test func `a clock beyond the last nameable instant leaves names for what comes after`() throws
    {
        let store = try TestStore()
        defer { store.close() }
        let route = try store.route(dedupWindowMs: 0)
        var sequences: [Int64] = []
        for time in [Timestamp(milliseconds: 1 << 43), ManualClock.start, ManualClock.start] {
            guard case .stored(let id) = store.accept(Fixtures.event(route: route, at: time)) else {
                Issue.record("it is not taken")
                return
            }
            sequences.append(id.sequence)
        }
        #expect(sequences == sequences.sorted() && Set(sequences).count == 3)
        #expect(Int64.max - sequences[2] > 1 << 59, "room for centuries")
    }
}
