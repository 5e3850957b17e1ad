import CLoad

struct SinkCounts {
    let requests: Int
    let messages: Int
    let firstNs: Int64
    let lastNs: Int64
    let inFlightMax: Int

    init(_ counts: cload_sink_counts) {
        requests = Int(counts.requests)
        messages = Int(counts.messages)
        firstNs = counts.first_ns
        lastNs = counts.last_ns
        inFlightMax = Int(counts.in_flight_max)
    }

    /// Between the first and the last arrival.
    var messagesPerSecond: Double { messagesPerSecond(since: firstNs) }

    func messagesPerSecond(since startNs: Int64) -> Double {
        let seconds = Double(lastNs - startNs) / 1e9
        return seconds > 0 ? Double(messages) / seconds : 0
    }
}
