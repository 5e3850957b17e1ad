import SQLite
import Testing

@Suite struct CheckpointTests {
    let folder: TemporaryFolder
    let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try folder.openWAL()
    }

    @Test func `the hook hears of every commit and stops the automatic checkpoint`() throws {
        var lengths: [Int] = []
        connection.setWALHook { lengths.append($0) }
        for number in 0..<10 { try connection.insert(number) }
        #expect(lengths.count == 10)
        #expect(lengths == lengths.sorted() && Set(lengths).count == 10)
        try connection.transaction { connection in
            for number in 0..<10 { try connection.insert(number, bytes: 1 << 20) }
        }
        // Far more than the thousand pages at which SQLite would checkpoint by itself.
        #expect(lengths.count == 11)
        let result = try connection.checkpoint(.passive)
        #expect(result.logFrames > 2000)
        #expect(result.checkpointedFrames == result.logFrames)
        connection.setWALHook(nil)
        try connection.insert(1)
        #expect(lengths.count == 11)
    }

    @Test func `a checkpoint tells what it did`() throws {
        try connection.insert(1)
        let passive = try connection.checkpoint(.passive)
        #expect(!passive.busy)
        #expect(passive.logFrames > 0 && passive.checkpointedFrames == passive.logFrames)
        #expect(try connection.checkpoint(.full).busy == false)
        #expect(try connection.checkpoint(.restart).busy == false)
        let truncated = try connection.checkpoint(.truncate)
        #expect(!truncated.busy && truncated.logFrames == 0 && truncated.checkpointedFrames == 0)
    }

    @Test func `a reader in the way makes a checkpoint busy but not a failure`() throws {
        try connection.insert(1)
        let reader = try folder.open()
        try reader.transaction(.deferred) { reader in
            #expect(try reader.scalar("SELECT count(*) FROM t") == 1)
            try connection.insert(2)
            let passive = try connection.checkpoint(.passive)
            #expect(passive.checkpointedFrames < passive.logFrames)
            #expect(try connection.checkpoint(.truncate).busy)
        }
        #expect(try !connection.checkpoint(.truncate).busy)
    }

    @Test func `a checkpoint within a transaction is an error`() throws {
        try connection.transaction { connection in
            try connection.insert(1)
            #expect(throws: SQLiteError.self) { try connection.checkpoint(.passive) }
        }
    }

    @Test func `a database without a log has nothing to checkpoint`() throws {
        let plain = try folder.open("plain.db")
        try plain.execute("CREATE TABLE t (a)")
        let result = try plain.checkpoint(.full)
        #expect(result.logFrames == -1 && result.checkpointedFrames == -1)
    }

    @Test func `between checkpoints nobody begins one, and while one is on it is not between`()
        throws
    {
        try connection.insert(1)
        let other = try folder.open()
        _ = try other.scalar("SELECT count(*) FROM t")
        var busy: Bool?
        var areTwo = false
        let isBetween = connection.betweenCheckpoints {
            busy = try? other.checkpoint(.passive).busy
            areTwo = other.betweenCheckpoints {}
        }
        #expect(isBetween && busy == true && !areTwo)
        #expect(try other.checkpoint(.passive).busy == false)
        let memory = try Connection(path: ":memory:", mode: .create)
        let hasLog = memory.betweenCheckpoints {}
        #expect(!hasLog)
    }
}
