import Glibc

/// For conditions that nothing announces.
enum Waiting {
    /// Yields until the condition holds; a hang guard ends it.
    static func until(_ condition: () -> Bool) {
        let start = time(nil)
        while !condition() && time(nil) - start < 20 { sched_yield() }
    }
}
