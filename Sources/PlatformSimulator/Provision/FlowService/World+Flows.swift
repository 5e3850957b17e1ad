import HTTPServer
import RelayCore

/// What making and changing a flow entails.
extension World {
    mutating func prepareFlow(
        _ entity: inout JSONObject, id: String, _ call: GatewayCall
    ) throws(GatewayError) {
        guard let specification = entity["flowSpec"]?["id"]?.string else {
            throw Self.missing("flowSpec.id")
        }
        guard SpecificationIDs.flows.contains(specification) else {
            throw .notFound("flow specification", specification)
        }
        if entity["state"] == nil { entity["state"] = "enabled" }
        let flow = try derive(from: entity, id: id, changedAt: call.now)
        flows[id] = flow
        entity["options"] = ["inletUrl": .string("\(call.base)/collection/\(flow.inletID)")]
        entity["runs"] = .string("/runs?property=flowId==\(id)")
        entity["providerRefId"] = .string(ids.uuid())
        entity["inheritedAttributes"] = inherited(entity)
        entity["lastOperation"] = Self.operation("create", at: call.now)
    }

    private static func operation(_ name: String, at now: Timestamp) -> JSONValue {
        [
            "started": .integer(now.milliseconds), "updated": .integer(now.milliseconds),
            "operation": .string(name),
        ]
    }

    private func inherited(_ entity: JSONObject) -> JSONValue {
        func listed(_ name: String, _ kind: Provisioned.Kind) -> JSONValue {
            .array(
                (entity[name]?.array ?? []).compactMap(\.string).map { id in
                    let found = provisioned[kind, id]
                    return [
                        "id": .string(id), "connectionSpec": found?["connectionSpec"] ?? .null,
                    ]
                })
        }
        return [
            "properties": ["isSourceFlow": true],
            "sourceConnections": listed("sourceConnectionIds", .sourceConnections),
            "targetConnections": listed("targetConnectionIds", .targetConnections),
        ]
    }

    /// The working side of a flow, from what its entity says.
    private func derive(
        from entity: JSONObject, id: String, changedAt: Timestamp
    ) throws(GatewayError) -> Flow {
        guard let source = entity["sourceConnectionIds"]?[0]?.string else {
            throw Self.missing("sourceConnectionIds")
        }
        guard let target = entity["targetConnectionIds"]?[0]?.string else {
            throw Self.missing("targetConnectionIds")
        }
        _ = try find(.sourceConnections, source)
        let targetEntity = try find(.targetConnections, target)
        guard let inletID = provisioned.inletOfSource[source] else {
            throw GatewayError(400, "1003-400", "Source connection \(source) has no inlet")
        }
        var flow = Flow(id: id, inletID: inletID)
        flow.changedAt = changedAt
        flow.isEnabled = entity["state"]?.string == "enabled"
        let parameters = targetEntity["params"]
        flow.dataSetID =
            (parameters?["dataSetId"] ?? parameters?["datasetId"])?.string ?? flow.dataSetID
        flow.schemaID =
            targetEntity["data"]?["schema"]?["id"]?.string
            ?? provisioned.dataSets[flow.dataSetID]?["schemaRef"]?["id"]?.string
        flow.schema = flow.schemaID.flatMap { provisioned.schema($0) }
        flow.feedsProfile = provisioned.isProfileEnabled(dataSet: flow.dataSetID)
        flow.mapping = try mapping(of: entity)
        return flow
    }

    private func mapping(of entity: JSONObject) throws(GatewayError) -> MappingSet? {
        guard let step = entity["transformations"]?[0] else { return nil }
        guard step["name"]?.string == "Mapping" else {
            throw GatewayError(400, "1003-400", "transformations[0].name must be Mapping")
        }
        guard let id = step["params"]?["mappingId"]?.string else {
            throw Self.missing("transformations[0].params.mappingId")
        }
        guard let mapping = provisioned.mappingSets[id] else { throw .notFound("mapping set", id) }
        return mapping
    }

    /// `PATCH` with `If-Match`. A changed flow is cold again.
    mutating func update(
        _ kind: Provisioned.Kind, _ call: GatewayCall
    ) throws(GatewayError) -> Reply {
        let id = call.path[1]
        var entity = try find(kind, id)
        guard let sent = call.request.head.first("if-match") else {
            throw GatewayError(400, "1403-400", "If-Match header is missing")
        }
        let current = entity["etag"]?.string ?? ""
        guard Self.bare(sent) == Self.bare(current) else {
            throw GatewayError(
                412, "1404-412",
                "Supplied version=[\(sent)] does not match the current version on "
                    + "entity=[\(current)]")
        }
        let patch = try call.json()
        do throws(PatchError) { entity = try JSONPatch.apply(patch, to: entity) } catch {
            throw GatewayError(400, "1003-400", error.description)
        }
        if kind == .flows {
            flows[id] = try derive(from: entity, id: id, changedAt: call.now)
            entity["lastOperation"] = Self.operation("update", at: call.now)
        }
        renew(&entity, at: call.now)
        provisioned[kind, id] = entity
        return .json(200, ["id": .string(id), "etag": entity["etag"] ?? .null])
    }

    /// Clients send the etag with its quotes or without.
    private static func bare(_ etag: String) -> String { etag.filter { $0 != "\"" } }

    /// `POST /flows/{id}/action?op=enable|disable`
    mutating func act(_ call: GatewayCall) throws(GatewayError) -> Reply {
        let id = call.path[1]
        var entity = try find(.flows, id)
        let operation = call.query["op"]?.lowercased() ?? ""
        guard operation == "enable" || operation == "disable" else {
            throw GatewayError(400, "1003-400", "op must be enable or disable")
        }
        entity["state"] = .string(operation + "d")
        entity["lastOperation"] = Self.operation(operation, at: call.now)
        renew(&entity, at: call.now)
        provisioned[.flows, id] = entity
        flows[id]?.isEnabled = operation == "enable"
        flows[id]?.changedAt = call.now
        return .json(200, ["id": .string(id), "etag": entity["etag"] ?? .null])
    }
}
