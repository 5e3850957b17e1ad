import Foundation
import Glibc

/// What the process uses, as the kernel tells it.
package struct ProcessVitals: Sendable {
    package let cpuSeconds: Double
    package let residentBytes: Int64
    package let openDescriptors: Int64
    package let descriptorLimit: Int64
    /// Since 1970.
    package let startedAtSeconds: Double

    /// Nil where the kernel does not say (no `/proc`).
    package static func read() -> ProcessVitals? {
        guard let stat = fields(of: "/proc/self/stat"),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"),
            // Field numbers as proc(5) has them, less the three before the closing bracket.
            let userTicks = number(stat, 14), let systemTicks = number(stat, 15),
            let residentPages = number(stat, 24), let startedAtSeconds
        else { return nil }
        var limit = rlimit()
        let hasLimit = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        return ProcessVitals(
            cpuSeconds: Double(userTicks + systemTicks) / ticksPerSecond,
            residentBytes: residentPages * Int64(sysconf(Int32(_SC_PAGESIZE))),
            // The listing has the descriptor that it was read through.
            openDescriptors: Int64(max(0, descriptors.count - 1)),
            descriptorLimit: hasLimit ? Int64(clamping: limit.rlim_cur) : 0,
            startedAtSeconds: startedAtSeconds)
    }

    /// Found once: a wall clock that is set later must not look like another start.
    private static let startedAtSeconds: Double? =
        // Ticks since the system was started.
        fields(of: "/proc/self/stat").flatMap { number($0, 22) }.map {
            SystemClock.bootedAtSeconds + Double($0) / ticksPerSecond
        }

    private static var ticksPerSecond: Double { Double(max(1, sysconf(Int32(_SC_CLK_TCK)))) }

    private static func number(_ fields: [Substring], _ number: Int) -> Int64? {
        let index = number - 3
        return fields.indices.contains(index) ? Int64(fields[index]) : nil
    }

    /// Behind the name of the program, which may hold anything.
    private static func fields(of path: String) -> [Substring]? {
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        return text[text.index(after: end)...].split(separator: " ")
    }
}

extension ProcessVitals {
    /// Under the names that every Prometheus client uses.
    package var families: [MetricFamily] {
        [
            .counter(
                "process_cpu_seconds_total", "User and system time used, in seconds.",
                [.real(cpuSeconds)]),
            .gauge(
                "process_resident_memory_bytes", "Memory that is in RAM.",
                [.whole(residentBytes)]),
            .gauge("process_open_fds", "Open file descriptors.", [.whole(openDescriptors)]),
            .gauge(
                "process_max_fds", "How many file descriptors may be open.",
                [.whole(descriptorLimit)]),
            .gauge(
                "process_start_time_seconds", "When the process started, since 1970.",
                [.real(startedAtSeconds)]),
        ]
    }
}
