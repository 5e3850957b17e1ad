import HTTPServer
import RelayCore

/// `/data/foundation/catalog/…`: data sets, and the batches that failed.
extension World {
    mutating func catalog(_ call: GatewayCall) throws(GatewayError) -> Reply {
        switch (call.method, call.path.first, call.path.count) {
        case ("POST", "dataSets", 1): return try createDataSet(call)
        case ("GET", "dataSets", 1):
            let listed = provisioned.dataSets.sorted { $0.key < $1.key }
            return .json(
                200,
                .object(JSONObject(listed.map { .init(key: $0.key, value: .object($0.value)) })))
        case ("GET", "dataSets", 2):
            guard let found = provisioned.dataSets[call.path[1]] else {
                throw .notFound("dataset", call.path[1])
            }
            return .json(
                200, .object(JSONObject([.init(key: call.path[1], value: .object(found))])))
        case ("GET", "batches", 1):
            let listed = failures.batches.map { batch in
                JSONObject.Member(key: batch.id, value: Self.description(of: batch))
            }
            return .json(200, .object(JSONObject(listed)))
        default: throw .noSuchCall
        }
    }

    private mutating func createDataSet(_ call: GatewayCall) throws(GatewayError) -> Reply {
        var body = try call.object()
        guard body["schemaRef"]?["id"]?.string != nil else { throw Self.missing("schemaRef.id") }
        let id = ids.hex(24)
        body["imsOrg"] = .string(BuiltIn.organisation)
        body["created"] = .integer(call.now.milliseconds)
        body["updated"] = .integer(call.now.milliseconds)
        provisioned.dataSets[id] = body
        return .json(201, [.string("@/dataSets/\(id)")])
    }

    private static func description(of batch: FailedBatches.Batch) -> JSONValue {
        [
            "status": "failed", "created": .integer(batch.createdAt.milliseconds),
            "relatedObjects": [["type": "dataSet", "id": .string(batch.dataSetID)]],
            "metrics": ["failedRecordCount": .integer(batch.rowCount)],
        ]
    }

    /// `GET /data/foundation/export/batches/{id}/failed[?path={file}]`
    func export(_ call: GatewayCall) throws(GatewayError) -> Reply {
        guard call.method == "GET", call.path.count == 3, call.path[0] == "batches",
            call.path[2] == "failed"
        else { throw .noSuchCall }
        guard let batch = failures.find(call.path[1]) else {
            throw .notFound("batch", call.path[1])
        }
        guard let file = call.query["path"] else { return listFiles(batch, call) }
        if file == "_SUCCESS" { return .empty(200) }
        guard file == batch.fileName else { throw .notFound("file", file) }
        var reply = Reply.empty(200)
        reply.response.headers = [("Content-Type", "application/octet-stream")]
        reply.response.body = Self.lines(batch.rows)
        return reply
    }

    private static func lines(_ rows: [JSONValue]) -> [UInt8] {
        rows.flatMap { $0.serialized() + [UInt8(ascii: "\n")] }
    }

    private func listFiles(_ batch: FailedBatches.Batch, _ call: GatewayCall) -> Reply {
        let place = "\(call.base)/data/foundation/export/batches/\(batch.id)/failed?path="
        let files = [("_SUCCESS", 0), (batch.fileName, Self.lines(batch.rows).count)]
        return .json(
            200,
            [
                "data": .array(
                    files.map { name, length in
                        [
                            "name": .string(name), "length": .string(String(length)),
                            "_links": ["self": ["href": .string(place + name)]],
                        ]
                    }),
                "_page": ["limit": 100, "count": .integer(files.count)],
            ])
    }
}
