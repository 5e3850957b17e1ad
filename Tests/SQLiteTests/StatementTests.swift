import SQLite
import Testing

@Suite struct StatementTests {
    let folder: TemporaryFolder
    let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try folder.openWAL()
    }

    @Test func `one SQL text is compiled once`() throws {
        let first = try connection.statement("SELECT ?1")
        #expect(try connection.statement("SELECT ?1") === first)
        #expect(try connection.statement("SELECT ?1 ") !== first)
        #expect(try connection.prepare("SELECT ?1") !== first)
    }

    @Test(arguments: ["SELECT 1; SELECT 2", "", "  ", "-- nothing"])
    func `a statement is exactly one statement`(_ sql: String) throws {
        #expect(throws: SQLiteError.self) { try connection.statement(sql) }
    }

    @Test func `a statement from the cache has none of the old bindings`() throws {
        let statement = try connection.statement("SELECT ?1")
        try statement.bind(1, "secret")
        #expect(try connection.statement("SELECT ?1").first { $0.isNull(0) } == true)
        try statement.bind(1, "secret")
        try statement.run()
        #expect(try statement.first { $0.isNull(0) } == true)
    }

    @Test func `asking for a statement that is being stepped stops the process`() async {
        await #expect(processExitsWith: .failure) {
            let connection = try Connection(path: ":memory:", mode: .create)
            let statement = try connection.statement("SELECT 1 UNION SELECT 2")
            _ = try statement.step()
            _ = try connection.statement("SELECT 1 UNION SELECT 2")
        }
    }

    @Test func `using a statement of a closed connection stops the process`() async {
        await #expect(processExitsWith: .failure) {
            let connection = try Connection(path: ":memory:", mode: .create)
            let statement = try connection.statement("SELECT 1")
            connection.close()
            try statement.run()
        }
    }

    @Test(arguments: [[], [0], [0, 1, 0, 255], [UInt8](repeating: 0xa5, count: 1 << 20)])
    func `blobs come back as they went in`(_ blob: [UInt8]) throws {
        let echo = try connection.statement("SELECT ?1, typeof(?1), length(?1)")
        func check() throws(SQLiteError) {
            #expect(try echo.step())
            #expect(echo.bytes(0) == blob)
            #expect(echo.optionalBytes(0) == blob)
            #expect(echo.withBytes(0) { $0.count } == blob.count)
            #expect(echo.text(1) == "blob")
            #expect(echo.int(2) == blob.count)
            echo.reset()
        }
        try echo.bind(1, blob)
        try check()
        try echo.with(blob: blob, at: 1) { () throws(SQLiteError) in try check() }
        try echo.with(blob: blob.span, at: 1) { () throws(SQLiteError) in try check() }
    }

    @Test(arguments: [
        "", "a", "\0", "a\0b", "žluťoučký 🐎", String(repeating: "ab", count: 1 << 19),
    ])
    func `texts come back as they went in`(_ text: String) throws {
        let echo = try connection.statement("SELECT ?1, typeof(?1)")
        try echo.bind(1, text)
        #expect(try echo.step())
        #expect(echo.text(0) == text)
        #expect(echo.optionalText(0) == text)
        #expect(echo.text(1) == "text")
    }

    @Test func `numbers and NULL come back as they went in`() throws {
        let echo = try connection.statement("SELECT ?1 AS low, ?2, ?3, ?4, ?5, ?6, ?7")
        try echo.bind(1, Int64.min)
        try echo.bind(2, Int.max)
        try echo.bind(3, 0.1)
        try echo.bindNull(4)
        try echo.bind(5, nil as String?)
        try echo.bind(6, nil as [UInt8]?)
        try echo.bind(7, nil as Int64?)
        #expect(try echo.step())
        #expect(echo.columnCount == 7)
        #expect(echo.columnName(0) == "low")
        #expect(echo.int64(0) == .min)
        #expect(echo.int(1) == .max)
        #expect(echo.double(2) == 0.1)
        #expect(echo.optionalInt64(0) == .min)
        #expect(echo.optionalInt(1) == .max)
        #expect(echo.optionalDouble(2) == 0.1)
        #expect(echo.optionalDouble(3) == nil)
        #expect(echo.optionalText(4) == nil)
        #expect(echo.optionalBytes(5) == nil)
        #expect(echo.optionalInt64(6) == nil)
        #expect((3..<7).allSatisfy { echo.isNull($0) })
        #expect(echo.text(3) == "" && echo.bytes(3) == [] && echo.int(3) == 0)
    }

    @Test func `two blobs are lent at once and forgotten afterwards`() throws {
        let echo = try connection.statement("SELECT ?1 || ?2, ?3")
        try echo.bind(3, 9)
        let joined = try echo.with(blob: [97], at: 1, blob: [98, 99], at: 2) {
            () throws(SQLiteError) -> String in
            #expect(try echo.step())
            #expect(echo.int(1) == 9)
            return echo.text(0)
        }
        #expect(joined == "abc")
        #expect(!echo.isStepping)
        #expect(try echo.first { $0.isNull(0) && $0.isNull(1) } == true)
    }

    @Test func `an insert runs with its blobs where they lie`() throws {
        let insert = try connection.statement("INSERT INTO t (a, b) VALUES (length(?1), ?2)")
        try insert.run(blob: [1, 2], at: 1, blob: [3, 4], at: 2)
        try insert.bind(1, "abc")
        try insert.run(blob: [], at: 2)
        try insert.bind(1, "abcd")
        try insert.run(blob: [5].span, at: 2)
        let rows = try connection.text("SELECT group_concat(a || hex(b) || typeof(b)) FROM t")
        #expect(rows == "20304blob,3blob,405blob")
    }

    @Test func `a lent blob is forgotten when the body throws`() throws {
        let insert = try connection.statement("INSERT INTO t (a, b) VALUES (?1, ?2)")
        let error = #expect(throws: SQLiteError.self) {
            try insert.with(blob: [1, 2, 3], at: 2) { () throws(SQLiteError) in
                try insert.bind(1, "no number")
                try insert.run()
            }
        }
        #expect(error?.isConstraint == true)
        try insert.run()
        #expect(try connection.text("SELECT quote(a) || quote(b) FROM t") == "NULLNULL")
    }

    @Test func `binding outside the parameters is an error`() throws {
        let statement = try connection.statement("SELECT ?1")
        #expect(throws: SQLiteError.self) { try statement.bind(2, 1) }
        #expect(throws: SQLiteError.self) { try statement.bind(0, "a") }
    }

    @Test func `rows are read in order and the statement is ready again`() throws {
        for number in 1...3 { try connection.insert(number) }
        let select = try connection.statement("SELECT a FROM t ORDER BY a")
        var seen: [Int] = []
        try select.forEachRow { seen.append($0.int(0)) }
        #expect(seen == [1, 2, 3])
        #expect(try select.rows { $0.int(0) } == [1, 2, 3])
        #expect(try select.first { $0.int(0) } == 1)
        #expect(throws: CancellationError.self) {
            try select.forEachRow { _ in throw CancellationError() }
        }
        #expect(!select.isStepping)
    }
}
