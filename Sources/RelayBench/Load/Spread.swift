import CLoad

/// A distribution of durations, ms.
struct Spread {
    let count: Int
    let p50Ms: Double
    let p99Ms: Double
    let p999Ms: Double
    let maxMs: Double

    init(_ spread: cload_spread) {
        count = Int(spread.count)
        p50Ms = Double(spread.p50_ns) / 1e6
        p99Ms = Double(spread.p99_ns) / 1e6
        p999Ms = Double(spread.p999_ns) / 1e6
        maxMs = Double(spread.max_ns) / 1e6
    }
}
