import SQLite
import Testing

@Suite struct TransactionTests {
    let folder: TemporaryFolder
    let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try folder.openWAL()
    }

    private func numbers() throws -> String? {
        try connection.text("SELECT group_concat(a) FROM t")
    }

    @Test(arguments: [Connection.TransactionKind.deferred, .immediate, .exclusive])
    func `what the body did is stored and its value returned`(
        _ kind: Connection.TransactionKind
    ) throws {
        let value = try connection.transaction(kind) { connection in
            #expect(connection.isInTransaction)
            try connection.insert(1)
            return 42
        }
        #expect(value == 42)
        #expect(!connection.isInTransaction)
        #expect(try numbers() == "1")
    }

    @Test func `a body that throws leaves nothing behind`() throws {
        #expect(throws: CancellationError.self) {
            try connection.transaction { connection in
                try connection.insert(1)
                throw CancellationError()
            }
        }
        #expect(!connection.isInTransaction)
        #expect(try numbers() == nil)
    }

    @Test func `a failed statement in the body is thrown as it is`() throws {
        let error = #expect(throws: SQLiteError.self) {
            try connection.transaction { connection in
                try connection.insert(1)
                try connection.execute("INSERT INTO t (a) VALUES ('x')")
            }
        }
        #expect(error?.isConstraint == true)
        #expect(try numbers() == nil)
    }

    @Test func `a failed commit is told apart and rolled back`() throws {
        try connection.execute(
            """
            PRAGMA foreign_keys = ON;
            CREATE TABLE p (id INTEGER PRIMARY KEY) STRICT;
            CREATE TABLE c (p INTEGER REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED) STRICT
            """)
        let failure = #expect(throws: CommitFailure.self) {
            try connection.transaction { try $0.execute("INSERT INTO c VALUES (1)") }
        }
        #expect(failure?.underlying.isConstraint == true)
        #expect(failure?.underlying.extendedCode == 787)
        #expect(!connection.isInTransaction)
        #expect(try connection.scalar("SELECT count(*) FROM c") == 0)
        try connection.transaction { try $0.insert(2) }
        #expect(try numbers() == "2")
    }

    @Test func `a commit after SQLite's own rollback fails`() throws {
        #expect(throws: CommitFailure.self) {
            try connection.transaction { try $0.execute("ROLLBACK") }
        }
    }

    @Test func `a transaction within a transaction is an error and the outer one goes on`() throws {
        try connection.transaction { connection in
            try connection.insert(1)
            #expect(throws: SQLiteError.self) { try connection.transaction { try $0.insert(2) } }
            #expect(connection.isInTransaction)
        }
        #expect(try numbers() == "1")
    }

    @Test func `a rollback succeeds while rows are being read`() throws {
        for number in 1...3 { try connection.insert(number) }
        let select = try connection.statement("SELECT a FROM t")
        #expect(try select.step())
        #expect(throws: CancellationError.self) {
            try connection.transaction { connection in
                try connection.insert(4)
                throw CancellationError()
            }
        }
        #expect(!connection.isInTransaction)
        select.reset()
        #expect(try numbers() == "1,2,3")
    }

    @Test func `a savepoint undoes only its own work`() throws {
        try connection.transaction { connection in
            try connection.insert(1)
            #expect(throws: CancellationError.self) {
                try connection.savepoint { connection in
                    try connection.insert(2)
                    try connection.savepoint { try $0.insert(3) }
                    throw CancellationError()
                }
            }
            try connection.savepoint { try $0.insert(4) }
        }
        #expect(try numbers() == "1,4")
    }

    @Test func `a savepoint in a transaction that SQLite rolled back throws the cause`() throws {
        #expect(throws: CancellationError.self) {
            try connection.transaction { connection in
                try connection.savepoint { connection in
                    try connection.execute("ROLLBACK")
                    throw CancellationError()
                }
            }
        }
        #expect(!connection.isInTransaction)
    }
}
