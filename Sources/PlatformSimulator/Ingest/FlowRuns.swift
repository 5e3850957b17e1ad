import RelayCore

/// The hourly account of each flow.
struct FlowRuns: Sendable {
    static let windowMs: Int64 = 3_600_000

    struct Run: Sendable {
        let flowID: String
        let hour: Int64
        var inputRecords = 0
        var failedRecords = 0
        var inputBytes = 0
        /// By code, with an example.
        var errors: [String: String] = [:]
        var failedBatchIDs: Set<String> = []
    }

    private var runs: [Key: Run] = [:]

    private struct Key: Hashable {
        let flowID: String
        let hour: Int64
    }

    mutating func record(
        _ flowID: String, bytes: Int, failure: (IngestFailure, batchID: String)?,
        at now: Timestamp
    ) {
        let hour = now.milliseconds / Self.windowMs
        let key = Key(flowID: flowID, hour: hour)
        runs[key, default: Run(flowID: flowID, hour: hour)].add(bytes: bytes, failure: failure)
    }

    /// Oldest first.
    func list(_ flowID: String) -> [Run] {
        runs.values.filter { $0.flowID == flowID }.sorted { $0.hour < $1.hour }
    }
}

extension FlowRuns.Run {
    fileprivate mutating func add(bytes: Int, failure: (IngestFailure, batchID: String)?) {
        inputRecords += 1
        inputBytes += bytes
        guard let (failure, batchID) = failure else { return }
        failedRecords += 1
        errors[failure.code] = failure.message
        failedBatchIDs.insert(batchID)
    }
}
