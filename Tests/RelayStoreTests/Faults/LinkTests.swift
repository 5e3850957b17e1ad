import Foundation
import RelayCore
import RelayTesting
import SQLite
import Testing

@testable import RelayStore

/// Stores and copies that are named by a symbolic link. SQLite has the log beside what a link leads
/// to, and so must whoever asks whether there is one.
@Suite struct LinkTests {
    private let store: TestStore
    private let link: StoreFile

    init() throws {
        store = try TestStore()
        link = StoreFile(path: store.folder.file("latest.db"))
        let route = try store.route()
        for number in 0..<3 {
            _ = store.accept(Fixtures.event(route: route, body: Fixtures.body(number)))
        }
        #expect(store.file.hasLog)
    }

    private func makeLink(_ name: String = "latest.db", to target: String = "holdfast.db") throws {
        try FileManager.default.createSymbolicLink(
            atPath: store.folder.file(name), withDestinationPath: target)
    }

    private func refusal(_ open: () throws -> Void) throws -> String {
        try #require(#expect(throws: StoreError.self, performing: open)).description
    }

    private func restore(_ copy: StoreFile) throws {
        try StoreFile(directory: store.folder.file("restored")).restore(
            from: copy, holder: "test", now: store.clock.now
        ) { _ in true }
    }

    private var readings: [() throws -> Void] {
        [
            { try link.openForReading().close() },
            { _ = try link.examine(now: store.clock.now) },
            { _ = try link.pendingMigrations() },
            {
                try link.backup(to: store.folder.file("copy.db"), now: store.clock.now) { _ in true
                }
            },
            { try restore(link) },
        ]
    }

    @Test(arguments: ["holdfast.db", "nearer.db"])
    func `whoever reads through a link reads what lies beside the log`(target: String) throws {
        try makeLink("nearer.db", to: store.file.path)
        try makeLink(to: target)
        #expect(try link.whereItLies().logPath.hasSuffix("/holdfast.db-wal"))
        let reader = try StoreReader(file: link)
        #expect(try reader.audit(now: store.clock.now).total.accepted == 3)
        #expect(reader.file.sizes.log == store.file.sizes.log)
        reader.close()
        for reading in readings { try reading() }
        for name in ["copy.db", "restored/holdfast.db"] {
            let copy = StoreFile(path: store.folder.file(name))
            #expect(try copy.examine(now: store.clock.now).events == 3)
        }
        store.close()
    }

    /// The log's index can be made no more than on a volume for reading only.
    @Test func `a log beside what a link leads to is not passed over`() throws {
        try makeLink("snapshot.db", to: "holdfast-2.db")
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: store.file.path + suffix,
                toPath: store.folder.file("holdfast-2.db") + suffix)
        }
        try makeLink("holdfast-2.db-shm", to: "no folder/index")
        let snapshot = StoreFile(path: store.folder.file("snapshot.db"))
        for reading in [
            { try snapshot.openForReading().close() },
            { _ = try snapshot.examine(now: store.clock.now) },
            { try restore(snapshot) },
        ] {
            #expect(try refusal(reading).contains("cannot be opened"))
        }
        store.close()
    }

    @Test func `a log that lies beside the link itself is refused, by readers as well`() throws {
        store.close()
        try FileManager.default.moveItem(
            atPath: store.file.path, toPath: store.folder.file("elsewhere.db"))
        try makeLink(to: "elsewhere.db")
        try Data("x".utf8).write(to: URL(fileURLWithPath: link.logPath))
        for reading in readings {
            #expect(try refusal(reading).contains("is a symbolic link"))
        }
    }

    @Test func `nobody writes through a link, also through one that leads nowhere`() throws {
        func expectRefused() throws {
            for way in [
                { try link.openForWriting(nowMs: 1).close() },
                { try link.openForChange().close() },
                { try link.migrate(nowMs: 1) },
            ] {
                #expect(try refusal(way).contains("is a symbolic link"))
            }
        }
        try makeLink()
        try expectRefused()
        try FileManager.default.removeItem(atPath: link.path)
        try makeLink(to: "nowhere.db")
        try expectRefused()
        #expect(!FileManager.default.fileExists(atPath: store.folder.file("nowhere.db")))
        #expect(try refusal { try link.openForReading().close() }.contains("no database here"))
        try FileManager.default.removeItem(atPath: link.path)
        try makeLink(to: "latest.db")
        #expect(try refusal { try link.openForReading().close() }.contains("cannot be looked at"))
        store.close()
    }
}
