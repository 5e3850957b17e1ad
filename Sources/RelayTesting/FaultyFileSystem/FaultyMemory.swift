import CFaultyVFS

/// The memory that SQLite asks for, of every connection of the process: it can run short, and it is
/// counted.
package enum FaultyMemory {
    /// After `skipping` more allocations the next ones fail.
    package static func failNext(skipping: Int, times: Int = 1) {
        faulty_memory_fail(Int64(skipping), Int64(times))
    }

    package static func forgetFailures() { faulty_memory_forget() }

    /// Allocations so far that failed because they were told to.
    package static var failures: Int { Int(faulty_memory_failures()) }

    /// Gives what the process has freed back to the system, so that what is resident is in use.
    package static func giveBackFreed() { faulty_memory_trim() }

    /// Bytes in use, of all connections together.
    package static var usedBytes: Int { Int(faulty_memory_used()) }
}
