import RelayCore

/// Rejected rows, gathered by data set and hour as Platform gathers them.
struct FailedBatches: Sendable {
    struct Batch: Sendable {
        let id: String
        let dataSetID: String
        let createdAt: Timestamp
        let fileName: String
        var rows: [JSONValue] = []
        /// Also those no longer kept.
        var rowCount = 0
    }

    private(set) var batches: [Batch] = []
    private var kept = 0

    /// The id of the batch the row is in.
    mutating func add(
        _ body: [UInt8], _ failure: IngestFailure, dataSetID: String, at now: Timestamp,
        limit: Int, ids: inout IDSource
    ) -> String {
        let index = place(dataSetID, at: now, &ids)
        batches[index].rowCount += 1
        if kept < limit {
            kept += 1
            var row = (try? JSONValue.parse(body))?.object ?? JSONObject()
            row["_errors"] = failure.errors
            batches[index].rows.append(.object(row))
        }
        return batches[index].id
    }

    func find(_ id: String) -> Batch? { batches.first { $0.id == id } }

    private mutating func place(
        _ dataSetID: String, at now: Timestamp, _ ids: inout IDSource
    ) -> Int {
        let hour = now.milliseconds / FlowRuns.windowMs
        let found = batches.lastIndex {
            $0.dataSetID == dataSetID && $0.createdAt.milliseconds / FlowRuns.windowMs == hour
        }
        if let found { return found }
        batches.append(
            Batch(
                id: ids.hex(26).uppercased(), dataSetID: dataSetID, createdAt: now,
                fileName: "part-00000-\(ids.uuid())-c000.json"))
        return batches.count - 1
    }
}
