import SQLite
import Testing

@Suite struct BackupTests {
    let folder: TemporaryFolder
    let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try folder.openWAL()
        try connection.transaction { connection in
            for number in 0..<100 { try connection.insert(number, bytes: 1000) }
        }
    }

    @Test func `a backup under writes is one snapshot and comes to its end`() throws {
        let writer = try folder.open()
        let target = try folder.open("copy.db")
        var remaining: [Int] = []
        try connection.backup(to: target, pagesPerStep: 2) { progress in
            remaining.append(progress.remainingPages)
            #expect(throws: Never.self) { try writer.insert(1000) }
            return true
        }
        #expect(remaining.count > 5)
        #expect(remaining == remaining.sorted(by: >))
        #expect(!connection.isInTransaction)
        #expect(try target.scalar("SELECT count(*) FROM t") == 100)
        #expect(try target.text("PRAGMA integrity_check") == "ok")
        #expect(try writer.scalar("SELECT count(*) FROM t") == Int64(100 + remaining.count))
    }

    @Test func `a stopped backup says that it was interrupted`() throws {
        let target = try folder.open("copy.db")
        let error = #expect(throws: SQLiteError.self) {
            try connection.backup(to: target, pagesPerStep: 1) { _ in false }
        }
        #expect(error?.isInterrupt == true)
        #expect(!connection.isInTransaction)
    }

    @Test func `a locked target is reported to the closure and tried again`() throws {
        let target = try folder.open("copy.db")
        try target.execute("CREATE TABLE old (a)")
        let other = try folder.open("copy.db")
        try other.execute("BEGIN EXCLUSIVE")
        var blockedSteps = 0
        try connection.backup(to: target) { progress in
            guard progress.wasBlocked else { return true }
            blockedSteps += 1
            if blockedSteps == 3 { other.close() }
            return true
        }
        #expect(blockedSteps == 3)
        #expect(try target.scalar("SELECT count(*) FROM t") == 100)
    }

    @Test func `a target in use or write-protected is an error`() throws {
        let target = try folder.open("copy.db")
        try target.execute("CREATE TABLE old (a)")
        let reader = try folder.open("copy.db", .readOnly)
        let error = #expect(throws: SQLiteError.self) {
            try connection.backup(to: reader) { _ in true }
        }
        #expect(error?.isReadOnly == true)
        try target.execute("BEGIN IMMEDIATE")
        #expect(throws: SQLiteError.self) { try connection.backup(to: target) { _ in true } }
    }
}
