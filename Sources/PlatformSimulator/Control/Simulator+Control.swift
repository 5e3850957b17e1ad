import HTTPServer
import RelayCore

/// The control API: everything under `/_control/`. It is neither counted nor subject to faults.
extension Simulator {
    func control(_ request: ServerRequest, _ path: String) -> Reply {
        do throws(ControlError) {
            switch (request.head.method, path) {
            case ("GET", "landed"): return try listLanded(request)
            case ("GET", "counters"): return .json(200, counters.json)
            case ("GET", "faults"): return .json(200, look { $0.faults.json })
            case ("POST", "faults"): return try addFaults(request)
            case ("DELETE", "faults"): return forgetting { $0.faults.removeAll() }
            case ("POST", "reset"): return reset(request)
            case ("GET", "settings"): return .json(200, settings.json)
            case ("PATCH", "settings"), ("POST", "settings"): return try changeSettings(request)
            case ("POST", "clock"): return try pushClock(request)
            case ("POST", "inlets"): return try addInlet(request)
            case ("POST", "flows"): return try addFlow(request)
            case ("POST", "clients"): return try addClient(request)
            case ("DELETE", "tokens"): return forgetting { $0.tokens.revokeAll() }
            case ("GET", "failures"): return .json(200, look { $0.failures.json })
            default: return unknownCall(request, path)
            }
        } catch {
            return .json(400, ["error": .string(error.description)])
        }
    }

    private func unknownCall(_ request: ServerRequest, _ path: String) -> Reply {
        let calls = [
            "landed", "counters", "faults", "reset", "settings", "clock", "inlets", "flows",
            "clients", "tokens", "failures", "wait",
        ]
        if calls.contains(path) { return .empty(405) }
        let hint = NearestName.of(path, among: calls).map { ", did you mean \($0)?" } ?? ""
        return .json(404, ["error": .string("no call \(path)\(hint)")])
    }

    private func forgetting(_ body: (inout World) -> Void) -> Reply {
        change(body)
        return .empty(204)
    }

    private func reset(_ request: ServerRequest) -> Reply {
        let query = FormFields(request.head.query ?? "")
        if query["all"] == "true" { startOver() } else { forget() }
        return .empty(204)
    }

    private func addFaults(_ request: ServerRequest) throws(ControlError) -> Reply {
        try script(try request.json())
        return .json(200, look { $0.faults.json })
    }

    private func pushClock(_ request: ServerRequest) throws(ControlError) -> Reply {
        var fields = try Fields(try request.json(), path: "clock")
        let aheadMs = try fields.integer("advanceMs", in: 0...Int(Int32.max))
        try fields.finish()
        advance(ms: Int64(aheadMs ?? 0))
        return .json(200, ["now": .string(now.description)])
    }

    private func changeSettings(_ request: ServerRequest) throws(ControlError) -> Reply {
        var changed = settings
        try changed.apply(try request.json())
        settings = changed
        return .json(200, changed.json)
    }
}

extension ServerRequest {
    func json() throws(ControlError) -> JSONValue {
        do throws(JSONError) { return try JSONValue.parse(body) } catch {
            throw ControlError("the body is not JSON: \(error)")
        }
    }
}

extension FailedBatches {
    var json: JSONValue {
        .array(
            batches.map { batch in
                [
                    "id": .string(batch.id), "dataSetId": .string(batch.dataSetID),
                    "createdAt": .string(batch.createdAt.description),
                    "rowCount": .integer(batch.rowCount), "rows": .array(batch.rows),
                ]
            })
    }
}
