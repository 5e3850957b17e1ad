import RelayCore
import SQLite
import Testing

@testable import RelayStore
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

    @Test func `what does not fit the filter is read once, not at every step`() throws {
        let store = try SampleStore()
        let reader = try StoreReader(file: store.file)
        var filter = DeliveryFilter()
        filter.contains = [Array("needle".utf8)]
        for number in 0..<600 { _ = try store.accept(#"{"n":\#(number)}"#) }
        var tail = try TailFollower(filter, reader: reader, now: store.clock.now)
        for number in 0..<600 { _ = try store.accept(#"{"m":\#(number)}"#) }
        #expect(try tail.step(reader, now: store.clock.now).isEmpty)
        var instructions = 0
        reader.connection.setProgressHandler(everyInstructions: 10) {
            instructions += 10
            return false
        }
        let claim = try store.accept(#"{"text":"a needle"}"#)
        #expect(try tail.step(reader, now: store.clock.now).map(\.id) == [claim.id])
        #expect(instructions < 3000)
    }

    @Test func `what is under way when it begins is followed, too`() throws {
        let store = try SampleStore()
        let claim = try store.accept("{}")
        let now = store.clock.now.milliseconds
        try store.ledger.connection.execute(
            """
            INSERT INTO gates (destination, state, in_flight, window, said_at_ms)
                VALUES (\(claim.destination), 'open', 1, 8, \(now));
            INSERT INTO in_flight VALUES (\(claim.destination), \(claim.id.sequence));
            """)
        let reader = try StoreReader(file: store.file)
        var tail = try TailFollower(DeliveryFilter(), reader: reader, now: store.clock.now)
        try store.finish(claim, .delivered, status: 200)
        #expect(try tail.step(reader, now: store.clock.now).map(\.state) == [.delivered])
    }
}
