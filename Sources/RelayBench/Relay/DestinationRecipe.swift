import RelayCore

/// A destination of a measured relay: as most are configured, but for what a figure needs.
struct DestinationRecipe {
    let port: Int
    /// Messages in one request; nil: one.
    var batch: Int?
    var maxConcurrency: Int?
    /// Longest wait between two tries; nil: as configured by default.
    var retryCapMs: Int?

    init(port: Int) {
        self.port = port
    }

    init(_ sink: Sink, batch: Int? = nil, maxConcurrency: Int? = nil) {
        port = sink.port
        self.batch = batch
        self.maxConcurrency = maxConcurrency
    }

    /// One request hangs for as long as anybody measures, and nothing leaves beside it.
    static func held(by hanging: Sink) -> DestinationRecipe {
        DestinationRecipe(hanging, maxConcurrency: 1)
    }

    var settings: JSONValue {
        var object = JSONObject()
        object["kind"] = "platform"
        object["inletURL"] = .string("http://127.0.0.1:\(port)/collection/bench")
        object["flowId"] = "bench"
        object["stamp"] = .bool(true)
        object["timeoutMs"] = .number(JSONNumber(600_000))
        if let batch { object["batch"] = ["maxMessages": .number(JSONNumber(batch))] }
        if let maxConcurrency {
            object["concurrency"] = ["max": .number(JSONNumber(maxConcurrency))]
        }
        if let retryCapMs {
            object["retry"] = [
                "first": .string("\(retryCapMs)ms"), "cap": .string("\(retryCapMs)ms"),
            ]
        }
        return .object(object)
    }
}
