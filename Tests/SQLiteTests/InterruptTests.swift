import Dispatch
import SQLite
import Testing

@Suite struct InterruptTests {
    private let endless = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n
        """

    @Test func `another thread stops a running statement`() throws {
        let connection = try Connection(path: ":memory:", mode: .create)
        let handle = connection.interruptHandle
        var isCalled = false
        // The interrupt is sent from another thread once the statement is known to run.
        connection.setProgressHandler(everyInstructions: 1000) {
            if !isCalled {
                isCalled = true
                DispatchQueue.global().async { handle.interrupt() }
            }
            return false
        }
        let error = #expect(throws: SQLiteError.self) { try connection.scalar(endless) }
        #expect(error?.isInterrupt == true)
        connection.setProgressHandler(everyInstructions: 0, nil)
        #expect(try connection.scalar("SELECT 1") == 1)
    }

    @Test func `a progress handler stops a running statement`() throws {
        let connection = try Connection(path: ":memory:", mode: .create)
        var calls = 0
        connection.setProgressHandler(everyInstructions: 100) {
            calls += 1
            return calls == 5
        }
        let error = #expect(throws: SQLiteError.self) { try connection.scalar(endless) }
        #expect(error?.isInterrupt == true)
        #expect(calls == 5)
    }

    @Test func `an interrupted transaction is rolled back`() throws {
        let connection = try Connection(path: ":memory:", mode: .create)
        try connection.execute("CREATE TABLE t (a)")
        #expect(throws: SQLiteError.self) {
            try connection.transaction { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                connection.setProgressHandler(everyInstructions: 1) { true }
                _ = try connection.scalar(endless)
            }
        }
        connection.setProgressHandler(everyInstructions: 0, nil)
        #expect(!connection.isInTransaction)
        #expect(try connection.scalar("SELECT count(*) FROM t") == 0)
    }

    @Test func `an interrupt after the end of the connection does nothing`() throws {
        let connection = try Connection(path: ":memory:", mode: .create)
        let handle = connection.interruptHandle
        handle.interrupt()
        #expect(try connection.scalar("SELECT 1") == 1)
        connection.close()
        handle.interrupt()
    }
}
