import RelayCore

/// `GET /runs?property=flowId=={id}`: the hourly account, without Platform's lag of an hour.
extension World {
    func listRuns(_ call: GatewayCall) throws(GatewayError) -> Reply {
        guard call.method == "GET" else { throw .noSuchCall }
        let all = flows.keys.sorted().flatMap { id in
            runs.list(id).map { run(of: $0) }
        }
        if call.path.count > 1 {
            let found = all.filter { $0["id"]?.string == call.path[1] }
            guard !found.isEmpty else { throw .notFound("run", call.path[1]) }
            return .json(200, ["items": .array(found)])
        }
        return Listing(call).reply(all, path: "/runs")
    }

    private func run(of run: FlowRuns.Run) -> JSONValue {
        let startMs = run.hour * FlowRuns.windowMs
        let endMs = startMs + FlowRuns.windowMs
        let errors = JSONValue.array(
            run.errors.sorted { $0.key < $1.key }.map {
                ["code": .string($0.key), "message": .string($0.value)]
            })
        let status = run.failedRecords == 0 ? "success" : "failed"
        let summaries: [JSONObject.Member] = [
            .init(
                key: "durationSummary",
                value: ["startedAtUTC": .integer(startMs), "completedAtUTC": .integer(endMs)]),
            .init(
                key: "sizeSummary",
                value: [
                    "inputBytes": .integer(run.inputBytes), "outputBytes": .integer(run.inputBytes),
                ]),
            .init(
                key: "recordSummary",
                value: [
                    "inputRecordCount": .integer(run.inputRecords),
                    "outputRecordCount": .integer(run.inputRecords - run.failedRecords),
                    "failedRecordCount": .integer(run.failedRecords),
                ]),
            .init(key: "fileSummary", value: ["inputFileCount": 0, "outputFileCount": 0]),
        ]
        return [
            "id": .string("\(run.flowID)-\(run.hour)"), "flowId": .string(run.flowID),
            "createdAt": .integer(startMs), "updatedAt": .integer(endMs),
            "sandboxName": .string(BuiltIn.sandboxName),
            "imsOrgId": .string(BuiltIn.organisation),
            "metrics": metrics(summaries, status, errors),
            "activities": [activity(summaries, status, errors, run, endMs: endMs)],
        ]
    }

    private func metrics(
        _ summaries: [JSONObject.Member], _ status: String, _ errors: JSONValue
    ) -> JSONValue {
        var object = JSONObject(summaries)
        object["statusSummary"] = ["status": .string(status), "errors": errors]
        return .object(object)
    }

    private func activity(
        _ summaries: [JSONObject.Member], _ status: String, _ errors: JSONValue,
        _ run: FlowRuns.Run, endMs: Int64
    ) -> JSONValue {
        var object = JSONObject([
            .init(key: "id", value: "streamingIngestionActivity"),
            .init(key: "name", value: "Streaming ingestion"),
            .init(key: "updatedAtUTC", value: .integer(endMs)),
        ])
        for summary in summaries { object[summary.key] = summary.value }
        object["statusSummary"] = [
            "status": .string(status), "extensions": ["errors": errors],
        ]
        let batches = run.failedBatchIDs.sorted().map(JSONValue.string)
        object["targetInfo"] = [
            [
                "id": .string(flows[run.flowID]?.dataSetID ?? ""), "entityType": "dataset",
                "reference": ["type": "AdobeBatch", "ids": .array(batches)],
            ]
        ]
        return .object(object)
    }
}
