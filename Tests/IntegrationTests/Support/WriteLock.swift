import RelayTesting

/// Another process that holds the write lock of a database, as a long change by hand would.
final class WriteLock {
    private let process: ChildProcess

    init(_ path: String) throws {
        let script = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], isolation_level=None)
            database.execute("BEGIN IMMEDIATE")
            print("held", flush=True)
            sys.stdin.read()
            """
        guard let python = Program.onPath("python3") else { throw NeverHappened("a python3") }
        process = try ChildProcess(python, ["-c", script, path], keepsInput: true)
        try process.output.line(containing: "held")
    }

    func release() { process.closeInput() }
}
