import Glibc

/// Milliseconds on the monotonic clock, a few milliseconds coarse and nearly free to read: good
/// enough for bounds that are counted in seconds.
enum CoarseClock {
    static func nowMs() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
