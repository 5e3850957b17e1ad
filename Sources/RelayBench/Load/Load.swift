import CLoad

/// Many connections that post as fast as they are answered.
struct Load {
    var port: Int
    var connections = 64
    var bodyBytes = 1024
    /// The number in the source's name.
    var source = 1
    /// 0: no bound.
    var requests = 0
    var durationMs = 0
    var pauseMicroseconds = 0
    var marks = false

    init(port: Int) {
        self.port = port
    }

    /// Blocks until the last answer is here.
    func run() -> LoadResult { LoadResult(cload_run(plan)) }

    /// Until one event is accepted, ns; nil after the limit.
    func firstAcceptanceNs(limitMs: Int) -> Int64? {
        let elapsed = cload_first_accept_ns(plan, Int64(limitMs))
        return elapsed < 0 ? nil : elapsed
    }

    private var plan: cload_plan {
        cload_plan(
            port: Int32(port), connections: Int32(connections), body_bytes: Int32(bodyBytes),
            source: Int32(source), requests: Int64(requests), duration_ms: Int64(durationMs),
            pause_us: Int64(pauseMicroseconds), marks: marks ? 1 : 0)
    }
}
