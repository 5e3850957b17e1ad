import Glibc
package import RelayCore

/// The only reader of the real clocks, and the maker of real queues.
package struct SystemClock: Timekeeper {
    package init() {}

    package var now: Timestamp {
        let time = SystemClock.read(CLOCK_REALTIME)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package var monotonicNanoseconds: UInt64 {
        let time = SystemClock.read(CLOCK_MONOTONIC)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    package func queue(_ label: String, _ urgency: WorkUrgency) -> any WorkQueue {
        DispatchWorkQueue(label: label, urgency: urgency)
    }

    /// When the system was started, by the wall clock as it stands, in seconds since 1970. From the
    /// clocks and not from `/proc/stat`, which a confined service does not see.
    static var bootedAtSeconds: Double {
        seconds(read(CLOCK_REALTIME)) - seconds(read(CLOCK_BOOTTIME))
    }

    private static func seconds(_ time: timespec) -> Double {
        Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        let result = unsafe clock_gettime(clock, &time)
        precondition(result == 0, "the system has no such clock")
        return time
    }
}
