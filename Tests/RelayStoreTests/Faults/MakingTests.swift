import Foundation
import RelayCore
import RelayTesting
import SQLite
import Testing

@testable import RelayStore

/// A database that was never made, and one that has lost what it held.
@Suite struct MakingTests {
    private let folder: TemporaryFolder
    private let file: StoreFile

    init() throws {
        folder = try TemporaryFolder()
        file = StoreFile(directory: folder.path)
    }

    private func open() throws { try file.openForWriting(nowMs: 1).close() }

    private func refusal(_ open: () throws -> Void) throws -> String {
        try #require(#expect(throws: StoreError.self, performing: open)).description
    }

    @Test func `the schema is in the database before the log takes an event`() throws {
        let store = try TestStore(folder: folder)
        let raw = try Connection(path: file.path, mode: .unchanging)
        try file.requireStore(raw)
        raw.close()
        store.close()
    }

    /// What a process that died while it made the first database has left.
    @Test(arguments: ["", "SQLite format 3\0", "rubbish"])
    func `a making that was interrupted is begun anew`(bytes: String) throws {
        for suffix in ["", "-wal", "-journal", "-shm"] {
            try Data(bytes.utf8).write(to: URL(fileURLWithPath: file.path + ".partial" + suffix))
        }
        try open()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["holdfast.db"])
    }

    /// Each way in, as commands and relay take it.
    private func expectRefused(_ words: String) throws {
        let ways: [() throws -> Void] = [
            open,
            { try file.openForChange().close() },
            { try file.openForReading().close() },
            { try file.migrate(nowMs: 1) },
            { _ = try file.pendingMigrations() },
        ]
        for way in ways {
            let said = try refusal(way)
            #expect(said.contains(words), "\(said)")
        }
    }

    @Test(arguments: [false, true])
    func `an empty database is refused, and its log stays`(hasLog: Bool) throws {
        let log = Data(repeating: 7, count: hasLog ? 9000 : 0)
        try Data().write(to: URL(fileURLWithPath: file.path))
        if hasLog { try log.write(to: URL(fileURLWithPath: file.logPath)) }
        try expectRefused("the database is damaged")
        _ = try refusal { _ = try file.openCopy() }
        #expect(FileManager.default.contents(atPath: file.logPath) == (hasLog ? log : nil))
    }

    /// As a store was before its first checkpoint, with a byte of the log's header damaged.
    @Test func `a database without schema is refused, and a log that SQLite would not use stays`()
        throws
    {
        let bare = try Connection(path: file.path, mode: .create)
        try bare.execute("PRAGMA journal_mode = WAL; PRAGMA auto_vacuum = INCREMENTAL; VACUUM;")
        bare.close()
        let log = Data(repeating: 7, count: 9000)
        try log.write(to: URL(fileURLWithPath: file.logPath))
        for way in [open, { try file.openForChange().close() }, { try file.migrate(nowMs: 1) }] {
            let said = try refusal(way)
            #expect(said.contains("events stand in its log"), "\(said)")
            #expect(FileManager.default.contents(atPath: file.logPath) == log)
        }
    }

    @Test func `a link to the directory is no hindrance`() throws {
        try FileManager.default.createDirectory(
            atPath: folder.file("real"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("data"), withDestinationPath: folder.file("real"))
        try StoreFile(directory: folder.file("data")).openForWriting(nowMs: 1).close()
        #expect(FileManager.default.fileExists(atPath: folder.file("real/holdfast.db")))
    }

    /// What cannot be looked at may be a store.
    @Test func `only where nothing is does a new store begin`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("loop"), withDestinationPath: "loop")
        let hidden = StoreFile(directory: folder.file("loop"))
        for way in [
            { try hidden.openForWriting(nowMs: 1).close() },
            { try hidden.openForReading().close() },
        ] {
            #expect(try refusal(way).contains("cannot be looked at"))
        }
    }

    /// Nobody else makes stores here; but if somebody does, his is not overwritten.
    @Test func `a store that appears meanwhile stays`() throws {
        try Data("made by others".utf8).write(to: URL(fileURLWithPath: file.path))
        try Data("x".utf8).write(to: URL(fileURLWithPath: file.path + ".partial"))
        let said = try refusal { try StoreFile.putInPlace(file.path + ".partial", file.path) }
        #expect(said.contains("is there already and is not overwritten"))
        #expect(FileManager.default.contents(atPath: file.path) == Data("made by others".utf8))
    }

    @Test func `whoever changes a store waits for a writer, a migration too`() throws {
        try open()
        let connection = try file.openExisting()
        #expect(try connection.scalar("PRAGMA busy_timeout") == Int64(StoreFile.changeWaitMs))
        connection.close()
    }
}
