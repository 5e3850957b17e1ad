import RelayCore
import RelayStore
import RelayTesting
import SQLite
import Testing

/// The disk says "full" although it claims to have space: a quota, another writer, a lie.
@Suite struct FullDiskTests {
    @Test func `events are refused, the store goes on, and takes events when space is back`() throws
    {
        let store = try FaultyStore()
        guard case .stored(let first) = store.accept(store.event(1)) else { return }
        store.disk.limitCapacity(bytes: store.disk.usedBytes)
        #expect(store.accept(store.event(2, bytes: 100_000)) == .refused(.diskFull))
        #expect(store.accept(store.event(3)) == .refused(.diskFull), "without asking the disk")
        #expect(store.failures.count == 0, "a full disk is no fault")
        store.disk.limitCapacity(bytes: nil)
        store.clock.advance(ms: 1000)
        guard case .stored(let second) = store.accept(store.event(4)) else {
            Issue.record("space is back")
            return
        }
        let again = try store.restarted()
        #expect(try Set(again.contents().events.keys) == [first.sequence, second.sequence])
        again.close()
    }

    @Test func `finishes are recorded in a second try when they fit without the events`() throws {
        let store = try FaultyStore()
        _ = store.accept(store.event(1))
        let claim = try store.claims()[0]
        store.disk.limitCapacity(bytes: store.disk.usedBytes + 60_000)
        let (verdicts, receipt) = store.group(
            [store.event(2, bytes: 500_000)], [store.delivered(claim)])
        #expect(verdicts == [.refused(.diskFull)])
        guard case .recorded(let changed) = receipt else {
            Issue.record("the finish alone fits")
            return
        }
        #expect(changed == [true])
        let again = try store.restarted()
        let contents = try again.contents()
        #expect(contents.events.count == 1)
        #expect(
            contents.deliveries.values.allSatisfy {
                if case .delivered = $0 { true } else { false }
            })
        again.close()
    }

    @Test func `finishes that do not fit are kept for later`() throws {
        let store = try FaultyStore()
        _ = store.accept(store.event(1))
        let claim = try store.claims()[0]
        // A reader keeps the log from starting again at its front, where there would be room.
        let reader = try store.file.openForReading()
        try reader.execute("BEGIN; SELECT count(*) FROM names;")
        store.disk.limitCapacity(bytes: store.disk.usedBytes)
        guard case .notRecorded? = store.group([], [store.delivered(claim)]).receipt else {
            Issue.record("there was no room")
            return
        }
        reader.close()
        #expect(store.failures.count == 0)
        store.disk.limitCapacity(bytes: nil)
        guard case .recorded(let changed)? = store.group([], [store.delivered(claim)]).receipt
        else {
            Issue.record("there is room again")
            return
        }
        #expect(changed == [true])
        store.close()
    }

    @Test func `a command that does not fit says so in words`() throws {
        let store = try FaultyStore()
        let changer = try StoreChanger(file: store.file, now: store.clock.now)
        defer { changer.close() }
        store.disk.limitCapacity(bytes: store.disk.usedBytes)
        let error = #expect(throws: StoreError.self) {
            for _ in 0..<1000 {
                try changer.hold("platform", until: nil, reason: "", now: store.clock.now)
            }
        }
        #expect(error?.isFull == true)
        #expect("\(try #require(error))".contains("the disk is full; make room"))
    }
}
