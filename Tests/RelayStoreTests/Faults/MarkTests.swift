import Foundation
import Glibc
import RelayCore
import RelayTesting
import SQLite
import Testing

@testable import RelayStore

/// What a relay leaves beside its store, and what is told by it.
@Suite struct MarkTests {
    private let store: TestStore
    private let folder: TemporaryFolder

    init() throws {
        store = try TestStore()
        folder = try TemporaryFolder()
        let route = try store.route()
        accept(0..<4, route)
    }

    private func accept(_ numbers: Range<Int>, _ route: Route) {
        for number in numbers {
            _ = store.accept(Fixtures.event(route: route, body: Fixtures.body(number)))
        }
    }

    private var now: Timestamp { store.clock.now }

    /// The store as kill -9 would leave it now, without the files of these endings.
    private func killed(_ store: TestStore, as name: String, without lost: [String] = [])
        throws -> StoreFile
    {
        // The mark comes behind the answers.
        store.writer.queue.sync {}
        let copy = StoreFile(path: folder.file(name))
        for ending in ["", "-wal", "-open"] where !lost.contains(ending) {
            try FileManager.default.copyItem(
                atPath: store.file.path + ending, toPath: copy.path + ending)
        }
        return copy
    }

    private func bytes(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func count(_ file: StoreFile) throws -> Int64? {
        let connection = try file.openForReading()
        defer { connection.close() }
        return try connection.scalar("SELECT count(*) FROM events")
    }

    /// Each of those that write to a store.
    private func open(_ file: StoreFile, _ way: Int) throws {
        switch way {
        case 0: try file.openForWriting(nowMs: now.milliseconds).close()
        case 1: try file.openForChange().close()
        default: try file.migrate(nowMs: now.milliseconds)
        }
    }

    private func expectRefused(_ file: StoreFile, _ words: String) {
        let before = [bytes(file.path), bytes(file.logPath)]
        for way in 0..<3 {
            let error = #expect(throws: StoreError.self) { try open(file, way) }
            #expect(error?.description.contains(words) == true, "\(error as Any)")
        }
        #expect(before == [bytes(file.path), bytes(file.logPath)])
    }

    @Test func `it is there while a relay runs, and goes with the log`() throws {
        let mark = store.file.path + "-open"
        #expect(exists(mark))
        store.close()
        #expect(!exists(mark) && !exists(store.file.logPath))
        #expect(try count(store.file) == 4)
    }

    /// Of those that read, some do so all the same, and leave nothing that looks like a log.
    @Test func `a log that is missing after a kill is missed`() throws {
        let file = try killed(store, as: "a.db", without: ["-wal"])
        #expect(try count(file) == 0)
        #expect(!exists(file.logPath) && !exists(file.path + "-shm"))
        expectRefused(file, "its log is not there")
        #expect(throws: StoreError.self) { try file.examine(now: now) }
        #expect(throws: StoreError.self) {
            try file.backup(to: folder.file("x.db"), now: now) { _ in true }
        }
        let target = StoreFile(directory: folder.file("target"))
        try FileManager.default.createDirectory(
            atPath: target.directory, withIntermediateDirectories: true)
        #expect(throws: StoreError.self) {
            try target.restore(from: file, holder: "test", now: now) { _ in true }
        }
        // What is not a whole line says nothing of what the database should have.
        let mark = try #require(bytes(file.path + "-open"))
        for text in ["", "1 2 3", "x y z\n"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file.path + "-open"))
            expectRefused(file, "its log is not there")
        }
        try mark.write(to: URL(fileURLWithPath: file.path + "-open"))
        // An empty one is no log either.
        try Data().write(to: URL(fileURLWithPath: file.logPath))
        expectRefused(file, "its log is not there")
        try FileManager.default.removeItem(atPath: file.logPath)
        try FileManager.default.copyItem(atPath: store.file.logPath, toPath: file.logPath)
        for way in 0..<3 { try open(file, way) }
        #expect(try count(file) == 4)
        store.close()
    }

    /// Pages that only the log has are no damage.
    @Test func `a database that lacks the pages of a missing log is not called damaged`() throws {
        let file = try killed(store, as: "a.db", without: ["-wal"])
        let handle = try #require(FileHandle(forUpdatingAtPath: file.path))
        try handle.truncate(atOffset: 3 * 4096)
        try handle.close()
        expectRefused(file, "its log is not there")
        let error = #expect(throws: StoreError.self) {
            let reader = try StoreReader(file: file)
            _ = try reader.audit(now: now)
        }
        #expect(error?.description.contains("put \(file.logPath) back") == true)
        store.close()
    }

    /// The newest event may be in the database, and what came after it in the log alone.
    @Test func `a log that somebody deleted is missed by its index`() throws {
        let file = StoreFile(path: folder.file("holdfast.db"))
        var writer: GroupWriter? = try GroupWriter(
            file: file, clock: store.clock, reserveBytes: 0
        ) { _ in }
        writer?.queue.sync { _ = writer?.checkpoint() }
        writer = nil
        try FileManager.default.removeItem(atPath: file.logPath)
        expectRefused(file, "its log is not there")
        #expect(file.hasLostLog)
        // What `sqlite3` makes of it, and what somebody else may: that is told, and no more.
        try Data().write(to: URL(fileURLWithPath: file.logPath))
        #expect(file.hasLostLog)
        try FileManager.default.removeItem(atPath: file.path + "-shm")
        try open(file, 0)
        store.close()
    }

    @Test func `a copy that is refused leaves the mark`() throws {
        let copy = folder.file("copy.db")
        try store.file.backup(to: copy, now: now) { _ in true }
        let file = try killed(store, as: "holdfast.db")
        #expect(throws: StoreError.self) {
            try file.restore(from: StoreFile(path: copy), holder: "test", now: now) { _ in true }
        }
        #expect(exists(file.path + "-open"))
        store.close()
    }

    /// As `sqlite3` and Litestream do it after a crash.
    @Test func `a log that somebody else took away in good order is not missed`() throws {
        let file = try killed(store, as: "a.db")
        try Connection(path: file.path, mode: .readWrite).execute("BEGIN IMMEDIATE; COMMIT;")
        #expect(!exists(file.logPath) && exists(file.path + "-open"))
        #expect(try file.examine(now: now).damages.isEmpty)
        for way in 0..<3 { try open(file, way) }
        #expect(try count(file) == 4)
        store.close()
    }

    /// A reader without a log reads as if nobody wrote: what it has read then is of no moment.
    /// A command leaves the mark as it is, and perhaps no log either.
    @Test(arguments: ["nobody", "a relay", "a command"])
    func `who begins to write while the store is read as it lies ends the reading`(who: String)
        throws
    {
        let file = try killed(store, as: "holdfast.db")
        store.close()
        try Connection(path: file.path, mode: .readWrite).execute("BEGIN IMMEDIATE; COMMIT;")
        let reader = try StoreReader(file: file)
        #expect(try reader.status(now: now).counts[.queued] == 4)
        let copy = folder.file("copy.db")
        var isAlone = true
        func copying() throws {
            try file.backup(to: copy, now: now) { _ in
                if isAlone { write(to: file, as: who) }
                isAlone = false
                return true
            }
        }
        guard who != "nobody" else { return try copying() }
        let error = #expect(throws: StoreError.self) { try copying() }
        #expect(error?.description.contains("begun to write to it") == true)
        #expect(!exists(copy) && !exists(copy + ".partial"))
        #expect(throws: StoreError.self) { try reader.status(now: now) }
        #expect(try StoreReader(file: file).status(now: now).destinations.count == 1)
    }

    private func write(to file: StoreFile, as who: String) {
        do {
            switch who {
            case "a relay":
                _ = try GroupWriter(file: file, clock: store.clock, reserveBytes: 0) { _ in }
            case "a command":
                let changer = try StoreChanger(file: file, now: now)
                try changer.hold("platform", until: nil, reason: "", now: now)
                _ = try changer.ledger.connection.checkpoint(.truncate)
                changer.close()
                #expect(!file.hasLog)
            default: break
            }
        } catch {
            Issue.record(error)
        }
    }

    @Test func `whoever deletes the mark goes on without the log`() throws {
        let file = try killed(store, as: "a.db", without: ["-wal", "-open"])
        try open(file, 0)
        #expect(try count(file) == 0)
        store.close()
    }

    @Test func `the log or the database of another store is told from its own`() throws {
        let other = try TestStore()
        let route = try other.route()
        _ = other.accept(Fixtures.event(route: route))
        let file = try killed(store, as: "a.db", without: ["-wal"])
        try FileManager.default.copyItem(atPath: other.file.logPath, toPath: file.logPath)
        expectRefused(file, "is not the store on which the last relay ran")
        let exchanged = try killed(other, as: "b.db", without: ["-open"])
        try FileManager.default.copyItem(
            atPath: store.file.path + "-open", toPath: exchanged.path + "-open")
        expectRefused(exchanged, "is not the store on which the last relay ran")
        store.close()
        other.close()
    }

    /// Whose own page of the store's name is in the database by then, and not in the log.
    @Test func `so is the log of a later life`() throws {
        let (one, other) = (try secondLife(after: 5000), try secondLife(after: 90_000))
        let file = try killed(one, as: "a.db", without: ["-wal"])
        try FileManager.default.copyItem(atPath: other.file.logPath, toPath: file.logPath)
        expectRefused(file, "is not the store on which the last relay ran")
        #expect(throws: StoreError.self) { try file.examine(now: now) }
        #expect(throws: StoreError.self) {
            try file.backup(to: folder.file("x.db"), now: now) { _ in true }
        }
        for store in [one, other, store] { store.close() }
    }

    /// Stopped in good order once, and with an event of its own since.
    private func secondLife(after ms: Int64) throws -> TestStore {
        let clock = ManualClock()
        clock.advance(ms: ms)
        let first = try TestStore(clock: clock)
        _ = first.accept(Fixtures.event(route: try first.route(), at: clock.now))
        first.close()
        clock.advance(ms: 1000)
        let second = try TestStore(clock: clock, folder: first.folder)
        let event = Fixtures.event(
            route: try second.route(), at: clock.now, body: Fixtures.body(7))
        _ = second.accept(event)
        return second
    }

    /// Power cuts may leave it so.
    @Test(arguments: ["", "x", "\n"])
    func `a mark without a word in it only says that there must be a log`(text: String) throws {
        let file = try killed(store, as: "a.db")
        try Data(text.utf8).write(to: URL(fileURLWithPath: file.path + "-open"))
        try open(file, 0)
        #expect(try count(file) == 4)
        store.close()
    }

    /// Whoever has put it there: nobody waits for it, and no folder is emptied.
    @Test func `what has the name of the mark and is none holds nobody up`() throws {
        for kind in ["pipe", "folder", "link"] {
            let file = StoreFile(path: folder.file("odd-\(kind).db"))
            let mark = file.path + "-open"
            try open(file, 0)
            switch kind {
            case "pipe":
                let made = unsafe mkfifo(mark, 0o600)
                #expect(made == 0)
            case "link":
                try FileManager.default.createSymbolicLink(
                    atPath: mark, withDestinationPath: "/dev/zero")
            default:
                try FileManager.default.createDirectory(
                    atPath: mark + "/kept", withIntermediateDirectories: true)
            }
            let connection = try Connection(path: file.path, mode: .readWrite)
            try connection.execute("PRAGMA user_version = 7;")
            connection.leaveLog(true)
            connection.close()
            #expect(file.isMarked && file.hasUnreadableMark)
            let writer = try GroupWriter(file: file, clock: store.clock, reserveBytes: 0) { _ in }
            try writer.prepare { _ in }
            #expect(writer.isUnmarked == (kind == "folder"))
            #expect(file.hasUnreadableMark == (kind == "folder"))
            #expect(kind != "folder" || exists(mark + "/kept"))
        }
        store.close()
    }

    @Test func `a last word that cannot be read is told and stays`() throws {
        let file = try killed(store, as: "holdfast.db", without: ["-wal"])
        for path in [file.markPath, file.lastWordPath] {
            try Data("torn".utf8).write(to: URL(fileURLWithPath: path))
            #expect(file.hasUnreadableMark && !file.hasGivenUpLog)
            if path == file.markPath {
                expectRefused(file, "it cannot be read, so that nobody knows how many they are")
                try FileManager.default.removeItem(atPath: path)
            }
        }
        _ = try GroupWriter(file: file, clock: store.clock, reserveBytes: 0) { _ in }
        #expect(exists(file.lastWordPath))
        store.close()
    }

    @Test func `a line with one letter changed is no mark`() throws {
        store.writer.queue.sync {}
        let mark = store.file.path + "-open"
        let line = try #require(bytes(mark))
        #expect(StoreMark(path: mark)?.accepted == 4)
        for place in line.indices {
            var other = line
            other[place] ^= 1
            let path = folder.file("letter")
            try other.write(to: URL(fileURLWithPath: path))
            #expect(StoreMark(path: path) == nil)
        }
        store.close()
    }

    @Test func `a change after a kill leaves the log to the relay`() throws {
        let file = try killed(store, as: "a.db")
        let changer = try StoreChanger(file: file, now: now)
        changer.tidyLog()
        changer.close()
        try file.migrate(nowMs: now.milliseconds)
        #expect(exists(file.logPath))
        try open(file, 0)
        store.close()
    }

    /// A start that is given up when the store is open already: a port that somebody else has.
    @Test func `a relay that ends without an end leaves its log`() throws {
        let file = StoreFile(path: folder.file("holdfast.db"))
        for _ in 0..<3 {
            var writer: GroupWriter? = try GroupWriter(
                file: file, clock: store.clock, reserveBytes: 0
            ) { _ in }
            try writer?.prepare { _ in }
            writer = nil
            #expect(exists(file.logPath) && exists(file.path + "-open"))
        }
        store.close()
    }

    @Test func `a change after an orderly end leaves no log`() throws {
        store.close()
        let changer = try StoreChanger(file: store.file, now: now)
        changer.close()
        #expect(!exists(store.file.logPath))
    }

    @Test func `a store that was taken away is missed, and another in its place is not`() throws {
        let file = try killed(store, as: "holdfast.db", without: ["", "-wal"])
        let error = #expect(throws: StoreError.self) { try open(file, 0) }
        #expect(error?.description.contains("is not there, nor its log") == true)
        let copy = folder.file("copy.db")
        try store.file.backup(to: copy, now: now) { _ in true }
        try file.restore(from: StoreFile(path: copy), holder: "test", now: now) { _ in true }
        try open(file, 0)
        #expect(try count(file) == 4)
        store.close()
    }

    /// Where the index says how much of the log is in the database (byte 96 of it,
    /// https://www.sqlite.org/walformat.html): more than there is.
    @Test(arguments: [UInt8(0x7F), 0xFF])
    func `an orderly end does not believe an index that others have written to`(byte: UInt8) throws
    {
        let index = try #require(FileHandle(forUpdatingAtPath: store.file.path + "-shm"))
        try index.seek(toOffset: 96)
        try index.write(contentsOf: [0xFF, 0xFF, 0xFF, byte])
        try index.close()
        store.close()
        #expect(try count(store.file) == 4)
    }
}
