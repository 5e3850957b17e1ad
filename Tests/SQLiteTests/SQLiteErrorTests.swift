import SQLite
import Testing

@Suite struct SQLiteErrorTests {
    @Test func `codes are told apart by their primary part`() {
        func error(_ code: Int32) -> SQLiteError {
            SQLiteError(extendedCode: code, message: "m", sql: nil)
        }
        #expect(error(5).isBusy && error(5 | 2 << 8).isBusy)
        #expect(error(13).isFull)
        #expect(error(10 | 4 << 8).isIOFailure)
        #expect(error(11).isCorrupt)
        #expect(error(19 | 8 << 8).isConstraint)
        #expect(error(8 | 5 << 8).isReadOnly)
        #expect(error(14).isCantOpen)
        #expect(error(26).isNotADatabase)
        #expect(error(9).isInterrupt)
        #expect(error(10 | 4 << 8).code == 10)
    }

    @Test func `an extended code names the kind of constraint`() throws {
        let connection = try Connection(path: ":memory:", mode: .create)
        try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE) STRICT")
        let insert = try connection.statement("INSERT INTO t (b) VALUES (?1)")
        try insert.bind(1, "token-4711")
        try insert.run()
        try insert.bind(1, "token-4711")
        let error = try #require(throws: SQLiteError.self) { try insert.run() }
        #expect(error.code == 19)
        #expect(error.extendedCode == 2067)
        #expect(error.sql == insert.sql)
        #expect(error.description.contains("t.b"))
        #expect(error.description.contains(insert.sql))
    }

    @Test func `a description never holds a bound value`() throws {
        let connection = try Connection(path: ":memory:", mode: .create)
        try connection.execute(
            """
            CREATE TABLE t (a INTEGER NOT NULL, b TEXT UNIQUE CHECK (length(b) < 20)) STRICT;
            INSERT INTO t VALUES (1, 'secret')
            """)
        let insert = try connection.statement("INSERT INTO t VALUES (?1, ?2)")
        for (a, b) in [("1", "secret"), ("secret", "x"), ("1", "secret-that-is-too-long")] {
            try insert.bind(1, a)
            try insert.bind(2, b)
            let error = try #require(throws: SQLiteError.self) { try insert.run() }
            #expect(error.isConstraint)
            #expect(!"\(error)".contains("secret"))
            #expect(!String(reflecting: error).contains("secret"))
            #expect(!"\(CommitFailure(underlying: error))".contains("secret"))
        }
    }

    @Test func `a long statement is cut to one line in a description`() {
        let sql = "SELECT\n" + String(repeating: "a, ", count: 1000)
        let text = SQLiteError(extendedCode: 1, message: "m", sql: sql).description
        #expect(text.count < 250)
        #expect(!text.contains("\n"))
    }
}
