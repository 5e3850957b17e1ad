import Foundation
import RelayCore
import RelayTesting
import SQLite
import Testing

@testable import RelayStore

/// Files of an open store that lose their end, and those that become shorter in good order.
@Suite struct CutShortTests {
    private let store: TestStore
    private let route: Route

    init() throws {
        store = try TestStore()
        route = try store.route()
    }

    private func accept(_ number: Int, bytes: Int = 20_000) -> Acceptance {
        store.accept(
            Fixtures.event(
                route: route,
                body: Fixtures.body(number) + [UInt8](repeating: 32, count: bytes)))
    }

    private func expectStored(_ number: Int, bytes: Int = 20_000) {
        let verdict = accept(number, bytes: bytes)
        guard case .stored = verdict else {
            Issue.record("must be stored: \(verdict)")
            return
        }
    }

    private func cut(_ path: String, to bytes: UInt64) throws {
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: bytes)
        try handle.close()
    }

    /// The clock stands, so that no look comes before the commit: it writes behind the end that is
    /// missing, and the log is as long as it should be again.
    @Test(arguments: [0, 32, 9000] as [UInt64])
    func `a log that was cut is noticed between sync and answer`(bytes: UInt64) throws {
        for number in 0..<4 { expectStored(number) }
        try cut(store.file.logPath, to: bytes)
        #expect(accept(5) == .refused(.failed))
        #expect(store.failures.take().description.contains("holdfast.db-wal was cut short"))
        #expect(accept(6) == .refused(.failed))
        store.close()
    }

    @Test(arguments: [0, 8192] as [UInt64])
    func `so is a database, also one that has grown since the start`(bytes: UInt64) throws {
        for number in 0..<4 { expectStored(number) }
        store.writer.queue.sync { _ = store.writer.checkpoint() }
        #expect(store.file.sizes.database > 100_000)
        try cut(store.file.path, to: bytes)
        #expect(accept(5) == .refused(.failed))
        #expect(store.failures.take().description.contains("holdfast.db was cut short"))
        store.close()
    }

    @Test func `a log that another process cuts in good order is not`() throws {
        for number in 0..<4 { expectStored(number) }
        let changer = try StoreChanger(file: store.file, now: store.clock.now)
        #expect(try changer.clearLog())
        #expect(store.file.sizes.log == 0)
        store.clock.advance(ms: 1000)
        for number in 4..<8 { expectStored(number) }
        #expect(try changer.clearLog())
        store.writer.queue.sync { store.writer.checkFiles() }
        #expect(store.writer.refusal == nil)
        changer.close()
        store.close()
    }

    /// By which the sizes of before say nothing, and the log holds the first page of all.
    @Test(arguments: [0, 4096, 40_000] as [UInt64])
    func `a database that is cut behind the change of another process is noticed`(bytes: UInt64)
        throws
    {
        for number in 0..<4 { expectStored(number) }
        store.writer.queue.sync { _ = store.writer.checkpoint() }
        let changer = try StoreChanger(file: store.file, now: store.clock.now)
        try changer.hold("platform", until: nil, reason: "", now: store.clock.now)
        try cut(store.file.path, to: bytes)
        store.writer.queue.sync { store.writer.checkFiles() }
        let told = store.failures.take().description
        #expect(
            told.contains("holdfast.db was cut short") || told.contains("is damaged"), "\(told)")
        #expect(accept(5) == .refused(.failed))
        changer.close()
        store.close()
        #expect(store.file.isMarked && store.file.hasLog)
    }

    @Test(arguments: [0, 4096] as [UInt64])
    func `a stop in good order is none when the database was cut`(bytes: UInt64) throws {
        for number in 0..<4 { expectStored(number) }
        store.writer.queue.sync { _ = store.writer.checkpoint() }
        for number in 4..<6 { expectStored(number) }
        try cut(store.file.path, to: bytes)
        store.close()
        #expect(store.failures.take().description.contains("holdfast.db was cut short"))
        #expect(store.file.isMarked && store.file.hasLog)
    }

    /// Pages that are free before they are ever used are written nowhere.
    @Test func `a database that grows by free pages is whole`() throws {
        for number in 0..<4 { expectStored(number) }
        let others = try store.file.openForChange()
        for number in 10..<13 {
            try others.execute(
                """
                BEGIN; CREATE TABLE junk (b BLOB) STRICT;
                INSERT INTO junk VALUES (zeroblob(900000)); DROP TABLE junk; COMMIT;
                """)
            store.clock.advance(ms: 1000)
            store.writer.queue.sync { store.writer.checkFiles() }
            expectStored(number)
        }
        #expect(store.writer.refusal == nil)
        others.close()
        store.close()
    }

    @Test(arguments: [false, true])
    func `nor is a database that is made smaller`(byOthers: Bool) throws {
        let fill = "CREATE TABLE junk (b BLOB) STRICT; INSERT INTO junk VALUES (zeroblob(4000000));"
        let drop = "DROP TABLE junk; PRAGMA incremental_vacuum;"
        let others = byOthers ? try store.file.openForChange() : nil
        func change(_ sql: String) throws {
            if let others { return try others.execute(sql) }
            let done = Mailbox<Bool>()
            store.writer.perform({ try $0.connection.execute(sql) }) { done.put($0 == nil) }
            #expect(done.take())
        }
        try change(fill)
        store.writer.queue.sync { _ = store.writer.checkpoint() }
        expectStored(1)
        let before = store.file.sizes.database
        try change(drop)
        expectStored(2)
        store.writer.queue.sync { _ = store.writer.checkpoint() }
        expectStored(3)
        #expect(store.file.sizes.database < before)
        #expect(store.writer.refusal == nil)
        // And from there on it is watched as before.
        store.writer.queue.sync { _ = store.writer.checkpoint() }
        try cut(store.file.path, to: 4096)
        #expect(accept(4) == .refused(.failed))
        others?.close()
        store.close()
    }

    /// Whoever moves the log compares its end with the commit that he began with, and then cuts the
    /// file to the pages of that commit. In between anything can happen.
    @Test func `nor is one that a checkpoint of an older commit cuts while it grows`() throws {
        try fillAndEmpty()
        let before = store.file.sizes.database
        let mover = try store.file.openForChange()
        let wasCut = try BeforeTruncation.run { [self] in
            for number in 10..<30 { expectStored(number, bytes: 50_000) }
            // A change of the relay's own, after which it looks at the database.
            let done = Mailbox<Bool>()
            store.writer.perform({ _ in }) { done.put($0 == nil) }
            #expect(done.take())
            store.writer.queue.sync { store.writer.measureDatabase() }
            #expect(store.file.sizes.database == before)
        } during: {
            _ = try mover.checkpoint(.passive)
        }
        #expect(wasCut)
        #expect(store.file.sizes.database < before)
        expectStored(30)
        expectWatched()
        mover.close()
        store.close()
    }

    /// The same where the shorter commit is another process's, so that nothing was known before.
    @Test func `nor is one that others have made smaller and cut late`() throws {
        let others = try store.file.openForChange()
        try others.execute(
            """
            CREATE TABLE junk (b BLOB) STRICT; INSERT INTO junk VALUES (zeroblob(4000000));
            """)
        _ = try others.checkpoint(.truncate)
        expectStored(1)
        try others.execute("DROP TABLE junk; PRAGMA incremental_vacuum;")
        let wasCut = try BeforeTruncation.run { [self] in
            for number in 10..<30 { expectStored(number, bytes: 50_000) }
        } during: {
            _ = try others.checkpoint(.passive)
        }
        #expect(wasCut)
        expectStored(30)
        expectWatched()
        others.close()
        store.close()
    }

    @Test func `nor a store of another page size, which is watched the same`() throws {
        store.close()
        let file = store.file
        let raw = try Connection(path: file.path, mode: .readWrite)
        try raw.execute("PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM;")
        raw.close()
        let again = try TestStore(folder: store.folder)
        for number in 0..<20 {
            let event = Fixtures.event(route: route, body: Fixtures.body(number))
            guard case .stored = again.accept(event) else {
                Issue.record("must be stored")
                return
            }
        }
        #expect(again.writer.queue.sync { again.writer.checkpointer.pageBytes } == 1024)
        try cut(file.logPath, to: 9000)
        #expect(again.accept(Fixtures.event(route: route)) == .refused(.failed))
        again.close()
    }

    @Test func `what cannot be measured is not held against the database`() throws {
        expectStored(1)
        let files = store.writer.files
        #expect(!files.isUnmeasured)
        store.writer.queue.sync {
            let connection = store.writer.ledger.connection
            connection.setProgressHandler(everyInstructions: 1) { true }
            store.writer.noteDatabase()
            connection.setProgressHandler(everyInstructions: 1, nil)
        }
        #expect(files.isUnmeasured)
        expectStored(2)
        #expect(!files.isUnmeasured)
        store.close()
    }

    /// Pages are free and gone by the log, and the file has them still.
    private func fillAndEmpty() throws {
        func change(_ sql: String) throws {
            let done = Mailbox<Bool>()
            store.writer.perform({ try $0.connection.execute(sql) }) { done.put($0 == nil) }
            #expect(done.take())
        }
        try change(
            "CREATE TABLE junk (b BLOB) STRICT; INSERT INTO junk VALUES (zeroblob(4000000));")
        store.writer.queue.sync { _ = store.writer.checkpoint() }
        expectStored(1)
        try change("DROP TABLE junk; PRAGMA incremental_vacuum;")
        expectStored(2)
    }

    /// After the next checkpoint a cut is found as before.
    private func expectWatched() {
        #expect(store.writer.refusal == nil)
        store.writer.queue.sync { _ = store.writer.checkpoint() }
        #expect(throws: Never.self) { try cut(store.file.path, to: 4096) }
        #expect(accept(99) == .refused(.failed))
        #expect(store.failures.take().description.contains("holdfast.db was cut short"))
    }
}
