import RelayCore
import RelayStore
import Testing

@testable import holdfast

struct TailTests {
    @Test func `arrivals and outcomes are told once, what was there before is not`() throws {
        let store = try SampleStore()
        let waiting = try store.accept("{}")
        let reader = try StoreReader(file: store.file)
        var tail = try TailFollower(DeliveryFilter(), reader: reader, now: store.clock.now)
        #expect(try tail.step(reader, now: store.clock.now).isEmpty)
        let second = try store.accept("{}")
        let third = try store.accept("{}")
        #expect(try tail.step(reader, now: store.clock.now).map(\.id) == [second.id, third.id])
        #expect(try tail.step(reader, now: store.clock.now).isEmpty)
        try store.finish(waiting, .delivered, status: 200)
        try store.finish(third, .retry(at: store.clock.now.adding(ms: 9)), status: 503)
        let changes = try tail.step(reader, now: store.clock.now)
        #expect(changes.map(\.id) == [waiting.id, third.id])
        #expect(changes.map(\.state) == [.delivered, .queued])
        #expect(try tail.step(reader, now: store.clock.now).isEmpty)
    }

    @Test func `a filter by outcome sees what arrives first and fails later`() throws {
        let store = try SampleStore()
        let reader = try StoreReader(file: store.file)
        var filter = DeliveryFilter()
        filter.states = [.dead]
        var tail = try TailFollower(filter, reader: reader, now: store.clock.now)
        let claim = try store.accept("{}")
        #expect(try tail.step(reader, now: store.clock.now).isEmpty)
        try store.finish(claim, .dead(.rejected), status: 400, errorClass: .rejected)
        #expect(try tail.step(reader, now: store.clock.now).map(\.state) == [.dead])
    }
}
