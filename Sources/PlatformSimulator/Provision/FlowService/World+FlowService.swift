import HTTPServer
import RelayCore

/// `/data/foundation/flowservice/…`: connections, flows and their runs.
extension World {
    mutating func flowService(_ call: GatewayCall) throws(GatewayError) -> Reply {
        guard let first = call.path.first else { throw .noSuchCall }
        switch first {
        case "runs": return try listRuns(call)
        case "connectionSpecs":
            return try specifications(SpecificationIDs.connectionList, call)
        case "flowSpecs": return try specifications(SpecificationIDs.flowList, call)
        default: break
        }
        guard let kind = Provisioned.Kind(rawValue: first) else { throw .noSuchCall }
        switch (call.method, call.path.count) {
        case ("GET", 1): return list(kind, call)
        case ("POST", 1): return try create(kind, call)
        case ("GET", 2):
            return .json(200, ["items": [.object(try find(kind, call.path[1]))]])
        case ("PATCH", 2): return try update(kind, call)
        case ("DELETE", 2): return try delete(kind, call)
        case ("POST", 3) where kind == .flows && call.path[2] == "action":
            return try act(call)
        default: throw .noSuchCall
        }
    }

    func find(_ kind: Provisioned.Kind, _ id: String) throws(GatewayError) -> JSONObject {
        guard let entity = provisioned[kind, id] else {
            throw .notFound(kind.rawValue, id)
        }
        return entity
    }

    private func specifications(
        _ all: [JSONValue], _ call: GatewayCall
    ) throws(GatewayError) -> Reply {
        guard call.method == "GET" else { throw .noSuchCall }
        guard call.path.count > 1 else { return Listing(call).reply(all, path: "/\(call.path[0])") }
        let found = all.filter { $0["id"]?.string == call.path[1] }
        guard !found.isEmpty else { throw .notFound("specification", call.path[1]) }
        return .json(200, ["items": .array(found)])
    }

    private func list(_ kind: Provisioned.Kind, _ call: GatewayCall) -> Reply {
        let all = (provisioned.entities[kind] ?? []).map { JSONValue.object($0.entity) }
        return Listing(call).reply(all, path: "/\(kind.rawValue)")
    }

    private mutating func create(
        _ kind: Provisioned.Kind, _ call: GatewayCall
    ) throws(GatewayError) -> Reply {
        let id = ids.uuid()
        var entity = stamped(try call.object(), id: id, at: call.now)
        switch kind {
        case .connections: try prepareConnection(&entity, call)
        case .sourceConnections: try prepareSource(&entity, id: id, call)
        case .targetConnections: try prepareTarget(entity)
        case .flows: try prepareFlow(&entity, id: id, call)
        }
        provisioned[kind, id] = entity
        var reply = Reply.json(201, ["id": .string(id), "etag": entity["etag"] ?? .null])
        let place = "\(call.base)/data/foundation/flowservice/\(kind.rawValue)/\(id)"
        reply.response.headers.append(("Location", place))
        return reply
    }

    /// What every entity carries besides what it was made with.
    private mutating func stamped(
        _ body: JSONObject, id: String, at now: Timestamp
    ) -> JSONObject {
        var entity = JSONObject()
        entity["id"] = .string(id)
        entity["createdAt"] = .integer(now.milliseconds)
        entity["updatedAt"] = .integer(now.milliseconds)
        for name in ["createdBy", "updatedBy"] { entity[name] = "simulator@AdobeID" }
        for name in ["createdClient", "updatedClient"] { entity[name] = "simulator" }
        entity["sandboxId"] = "00000000-0000-4000-8000-000000000001"
        entity["sandboxName"] = .string(BuiltIn.sandboxName)
        entity["imsOrgId"] = .string(BuiltIn.organisation)
        for member in body.members { entity[member.key] = member.value }
        renew(&entity, at: now)
        return entity
    }

    mutating func renew(_ entity: inout JSONObject, at now: Timestamp) {
        let etag = ids.etag()
        entity["updatedAt"] = .integer(now.milliseconds)
        entity["version"] = .string(etag)
        entity["etag"] = .string(etag)
    }

    private mutating func delete(
        _ kind: Provisioned.Kind, _ call: GatewayCall
    ) throws(GatewayError) -> Reply {
        let id = call.path[1]
        _ = try find(kind, id)
        if kind == .connections, isInUse(connection: id) {
            throw GatewayError(400, "1418-400", "Connection \(id) is used by a flow")
        }
        provisioned[kind, id] = nil
        if kind == .flows { flows[id] = nil }
        return .empty(204)
    }

    private func isInUse(connection id: String) -> Bool {
        let sources = (provisioned.entities[.sourceConnections] ?? []).filter {
            $0.entity["baseConnectionId"]?.string == id
        }.map(\.id)
        return (provisioned.entities[.flows] ?? []).contains { flow in
            (flow.entity["sourceConnectionIds"]?.array ?? []).contains { listed in
                listed.string.map(sources.contains) ?? false
            }
        }
    }
}
