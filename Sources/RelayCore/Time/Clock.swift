/// The two clocks, kept apart: wall time is stored and shown, monotonic time is waited by. One of
/// the few seams for tests; only the runtime's `SystemClock` reads the real ones.
package protocol Clock: Sendable {
    /// Wall time. May jump in either direction.
    var now: Timestamp { get }
    /// Nanoseconds from an arbitrary start. Never goes back.
    var monotonicNanoseconds: UInt64 { get }
}
