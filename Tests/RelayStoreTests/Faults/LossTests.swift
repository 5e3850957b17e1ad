import Foundation
import RelayCore
import RelayTesting
import SQLite
import Testing

@testable import RelayStore

/// Acknowledged events that are gone: found by the mark, and in the account from then on.
@Suite struct LossTests {
    private let folder: TemporaryFolder
    private let clock = ManualClock()
    private let file: StoreFile

    init() throws {
        folder = try TemporaryFolder()
        file = StoreFile(directory: folder.path)
    }

    private var now: Timestamp { clock.now }

    /// One life of a relay, which ends as by kill -9.
    private func live(accepting count: Int = 0, to destinations: [String] = ["platform"]) throws
        -> [EventID]
    {
        try start { try accept(count, in: $0, to: destinations) }
    }

    private func start<T>(_ body: (TestStore) throws -> T) throws -> T {
        try body(try TestStore(clock: clock, folder: folder))
    }

    private func accept(_ count: Int, in store: TestStore, to destinations: [String]) throws
        -> [EventID]
    {
        let route = try store.route(destinations: destinations, dedupWindowMs: 0)
        let ids = (0..<count).compactMap { number in
            let event = Fixtures.event(
                route: route, at: clock.now, body: Fixtures.body(number))
            guard case .stored(let id) = store.accept(event) else { return EventID?.none }
            return id
        }
        // The mark comes behind the answers.
        store.writer.queue.sync {}
        return ids
    }

    private func cutLog(at bytes: UInt64 = 16) throws {
        let log = try #require(FileHandle(forUpdatingAtPath: file.logPath))
        try log.truncate(atOffset: bytes)
        try log.close()
    }

    private func missing(_ file: StoreFile? = nil) throws -> [Int64] {
        let reader = try StoreReader(file: file ?? self.file)
        defer { reader.close() }
        let report = try reader.audit(now: now)
        #expect(report.isConsistent && report.isBalanced == report.losses.isEmpty)
        let listed = report.json["missing"]?.array?.count ?? 0
        #expect(listed == report.losses.count)
        #expect(try reader.status(now: now).missing == report.losses.deliveries)
        return report.losses.map(\.deliveries)
    }

    @Test func `a log that is whole misses nothing`() throws {
        _ = try live(accepting: 4)
        let store = try TestStore(clock: clock, folder: folder)
        #expect(store.writer.loss == nil && store.writer.missingDeliveries == 0)
        #expect(try missing().isEmpty)
    }

    /// Before the next start, by it, and after it, as often as the log is cut again and as often as
    /// that start is cut off behind its record.
    @Test func `what a cut log held is missing for good`() throws {
        let lost = try live(accepting: 4)
        try cutLog()
        #expect(try missing() == [4])
        let mark = try #require(FileManager.default.contents(atPath: file.markPath))
        let loss = try #require(try start { $0.writer.loss })
        #expect(loss.deliveries == 4 && loss.foundAt == now)
        #expect(loss.receivedAfter == nil && loss.receivedUntil == now)
        #expect(try missing() == [4])
        try mark.write(to: URL(fileURLWithPath: file.markPath))
        #expect(try start { $0.writer.loss } == nil)
        #expect(try start { $0.writer.missingDeliveries } == 4)
        try cutLog()
        let after = try live(accepting: 2)
        #expect(try missing() == [4])
        #expect(after.allSatisfy { id in lost.allSatisfy { id.sequence > $0.sequence } })
        try cutLog()
        _ = try live()
        #expect(try missing() == [4, 2])
        #expect(try file.examine(now: now).isSound)
        let tomorrow = now.adding(ms: 86_400_000)
        let reader = try StoreReader(file: file)
        #expect(try reader.audit(since: tomorrow, now: tomorrow).isBalanced)
        reader.close()
    }

    /// The ids of those that are missing are out in the world.
    @Test func `no id is given twice when the clock goes back over a loss`() throws {
        let lost = try live(accepting: 3)
        try cutLog()
        clock.jump(ms: -3_600_000)
        for _ in 0..<2 {
            let ids = try live(accepting: 3)
            #expect(Set(ids).isDisjoint(with: lost))
            try cutLog()
        }
    }

    /// Two destinations, and losses from the same front on.
    @Test func `losses add up`() throws {
        try TestStore(clock: clock, folder: folder).close()
        for count in [5, 2] {
            _ = try live(accepting: count, to: ["platform", "copy"])
            try cutLog()
        }
        let store = try TestStore(clock: clock, folder: folder)
        #expect(store.writer.missingDeliveries == 14)
        store.close()
        #expect(try missing() == [10, 4])
        #expect(try TestStore(clock: clock, folder: folder).writer.missingDeliveries == 14)
    }

    @Test func `who goes on without the log keeps the account`() throws {
        let store = try TestStore(clock: clock, folder: folder)
        let kept = try accept(2, in: store, to: ["platform"])
        store.close()
        let lost = try live(accepting: 4)
        for ending in ["-wal", "-shm"] {
            try FileManager.default.removeItem(atPath: file.path + ending)
        }
        let refusal = #expect(throws: StoreError.self) {
            _ = try TestStore(clock: clock, folder: folder)
        }
        #expect(refusal?.description.contains("rename \(file.markPath) to") == true)
        try FileManager.default.moveItem(atPath: file.markPath, toPath: file.lastWordPath)
        #expect(try missing() == [4])
        let later = try TestStore(clock: clock, folder: folder)
        #expect(later.writer.loss?.deliveries == 4)
        #expect(later.writer.loss?.receivedAfter == now)
        #expect(!FileManager.default.fileExists(atPath: file.lastWordPath))
        clock.jump(ms: -60_000)
        let next = try accept(1, in: later, to: ["platform"])
        #expect(Set(next).isDisjoint(with: lost + kept))
        later.close()
        #expect(try missing() == [4])
    }

    @Test func `a copy of a store that lost events says so`() throws {
        _ = try live(accepting: 4)
        try cutLog()
        let copy = StoreFile(path: folder.file("copy.db"))
        try file.backup(to: copy.path, now: now) { _ in true }
        #expect(try missing(copy) == [4])
        let place = try TemporaryFolder()
        let restored = StoreFile(directory: place.path)
        try restored.restore(from: file, holder: "test", now: now) { _ in true }
        #expect(try missing(restored) == [4])
    }

    @Test func `what came after a copy is missing where the copy is restored`() throws {
        _ = try live(accepting: 2)
        let copy = folder.file("copy.db")
        try file.backup(to: copy, now: now) { _ in true }
        _ = try live(accepting: 3)
        for ending in ["", "-wal", "-shm"] {
            try FileManager.default.removeItem(atPath: file.path + ending)
        }
        let refusal = #expect(throws: StoreError.self) { try start { _ in } }
        #expect(refusal?.description.contains("rename \(file.markPath) to") == true)
        try file.restore(from: StoreFile(path: copy), holder: "test", now: now) { _ in true }
        #expect(!file.isMarked && file.hasGivenUpLog)
        #expect(try missing() == [3])
        #expect(try start { $0.writer.missingDeliveries } == 3)
        #expect(!file.hasGivenUpLog)
    }

    /// Copies restored one after another make lineages that the next one does not know.
    @Test func `the last word of another store in the same place is taken, and harms no stop`()
        throws
    {
        let other = try TestStore(clock: clock)
        _ = try accept(3, in: other, to: ["platform"])
        clock.advance(ms: 1000)
        let store = try TestStore(clock: clock)
        _ = try accept(5, in: store, to: ["platform"])
        let mark = try #require(FileManager.default.contents(atPath: store.file.markPath))
        store.close()
        let copy = folder.file("copy.db")
        try other.file.backup(to: copy, now: now) { _ in true }
        try mark.write(to: URL(fileURLWithPath: file.markPath))
        try file.restore(from: StoreFile(path: copy), holder: "test", now: now) { _ in true }
        #expect(try missing() == [2])
        try start { store in
            #expect(!file.hasGivenUpLog && store.writer.missingDeliveries == 2)
            _ = try accept(1, in: store, to: ["platform"])
            // Somebody puts it there while the relay runs.
            try mark.write(to: URL(fileURLWithPath: file.lastWordPath))
            store.close()
            #expect(!store.writer.hasLeftLog && !file.hasLog && !file.isMarked)
        }
        #expect(try start { $0.writer.missingDeliveries } == 2)
        other.close()
    }

    /// With a log there may be a mixture of two stores.
    @Test func `a log beside the last word of another store is refused`() throws {
        _ = try live(accepting: 2)
        let other = try TestStore(clock: clock)
        try FileManager.default.copyItem(
            atPath: other.file.markPath, toPath: file.lastWordPath)
        try FileManager.default.removeItem(atPath: file.markPath)
        #expect(throws: StoreError.self) { try start { _ in } }
        let reader = try StoreReader(file: file)
        #expect(throws: StoreError.self) { try reader.audit(now: now) }
        reader.close()
        other.close()
    }

    /// Who reads an old state of the store keeps its log.
    @Test func `a log that has to stay at a stop keeps its mark`() throws {
        let store = try TestStore(clock: clock, folder: folder)
        let reader = try Connection(path: file.path, mode: .readOnly)
        try reader.execute("BEGIN; SELECT count(*) FROM events;")
        _ = try accept(3, in: store, to: ["platform"])
        store.close()
        #expect(store.writer.hasLeftLog && file.isMarked && file.hasLog)
        reader.close()
        let later = try TestStore(clock: clock, folder: folder)
        #expect(later.writer.loss == nil)
        later.close()
        #expect(!later.writer.hasLeftLog && !file.isMarked && !file.hasLog)
        #expect(try missing().isEmpty)
    }

    /// It writes to the log that was cut, and cuts it to nothing.
    @Test func `a command that changes the store records what is missing`() throws {
        _ = try live(accepting: 4)
        try cutLog()
        let changer = try StoreChanger(file: file, now: now)
        _ = try changer.ledger.connection.checkpoint(.truncate)
        changer.close()
        #expect(try missing() == [4])
        let store = try TestStore(clock: clock, folder: folder)
        #expect(store.writer.loss == nil && store.writer.missingDeliveries == 4)
        #expect(store.writer.untoldLosses.map(\.deliveries) == [4])
    }

    @Test func `a start tells what no start has told`() throws {
        _ = try live(accepting: 4)
        try cutLog()
        for _ in 0..<2 {
            #expect(try start { $0.writer.untoldLosses.map(\.deliveries) } == [4])
        }
        try start { store in try store.writer.prepare { try $0.noteTold(store.writer.untoldLosses) }
        }
        #expect(try start { $0.writer.untoldLosses }.isEmpty)
        #expect(try missing() == [4])
    }

    /// Beside older totals it would be told as less than one.
    @Test func `a loss is never told as nothing`() throws {
        let store = try TestStore(clock: clock, folder: folder)
        _ = try accept(3, in: store, to: ["platform"])
        let connection = try Connection(path: file.path, mode: .readWrite)
        let newest = try #require(try connection.scalar("SELECT max(seq) FROM events"))
        try connection.execute("DELETE FROM events WHERE seq = \(newest)")
        #expect(try KnownLoss.unnoted(connection, file.mark)?.deliveries == 1)
        connection.leaveLog(true)
        connection.close()
    }

    /// A power cut may leave any line since the last one that was synced.
    @Test func `the mark goes before retention does`() throws {
        let store = try TestStore(clock: clock, folder: folder)
        for count in 1...3 {
            let newest = try accept(count, in: store, to: ["platform"]).last?.sequence
            #expect(try store.writer.prepare { $0.keptFrom() } == newest)
            #expect(file.mark?.newest == newest)
        }
    }
}
