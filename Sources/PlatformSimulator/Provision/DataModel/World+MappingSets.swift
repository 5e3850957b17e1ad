import RelayCore

/// `/data/foundation/conversion/mappingSets…`: Data Prep.
extension World {
    mutating func mappingSets(_ call: GatewayCall) throws(GatewayError) -> Reply {
        switch (call.method, call.path.first) {
        case ("POST", nil): return try createMapping(call)
        case ("POST", "validate"): return try validateMapping(call)
        case ("POST", "preview"): return try previewMapping(call)
        case ("GET", nil):
            let listed = provisioned.mappingSets.sorted { $0.key < $1.key }
            return .json(200, ["data": .array(listed.map { Self.full($0.value) }), "_links": [:]])
        case ("GET", let id?): return .json(200, Self.full(try findMapping(id)))
        case ("PUT", let id?): return try replaceMapping(id, call)
        default: throw .noSuchCall
        }
    }

    private func findMapping(_ id: String) throws(GatewayError) -> MappingSet {
        guard let mapping = provisioned.mappingSets[id] else { throw .notFound("mapping set", id) }
        return mapping
    }

    private mutating func createMapping(_ call: GatewayCall) throws(GatewayError) -> Reply {
        let definition = try call.json()
        let mapping = MappingSet(
            id: ids.hex(32), version: 0, lines: try Self.lines(definition), definition: definition)
        provisioned.mappingSets[mapping.id] = mapping
        return .json(200, Self.receipt(mapping, at: call.now))
    }

    private mutating func replaceMapping(
        _ id: String, _ call: GatewayCall
    ) throws(GatewayError) -> Reply {
        var mapping = try findMapping(id)
        mapping.definition = try call.json()
        mapping.lines = try Self.lines(mapping.definition)
        mapping.version += 1
        provisioned.mappingSets[id] = mapping
        return .json(200, Self.receipt(mapping, at: call.now))
    }

    private func validateMapping(_ call: GatewayCall) throws(GatewayError) -> Reply {
        let definition = try call.json()
        let isValid = MappingSet.lines(definition) != nil
        return .json(
            200,
            [
                "mappingSetStatus": isValid ? "VALID" : "INVALID",
                "errors": isValid ? [] : ["each mapping needs a source and a destination"],
            ])
    }

    /// `{"data": …, "mappings": […]}` or `{"data": …, "mappingSet": {"mappings": […]}}`
    private mutating func previewMapping(_ call: GatewayCall) throws(GatewayError) -> Reply {
        let body = try call.json()
        guard let data = body["data"] else { throw Self.missing("data") }
        let definition = body["mappingSet"] ?? body
        let mapping = MappingSet(
            id: "preview", version: 0, lines: try Self.lines(definition), definition: definition)
        do throws(IngestFailure) {
            let entity = try mapping.apply(
                to: data, missing: settings.missingAttribute, now: call.now, ids: &ids)
            return .json(200, ["data": entity, "errors": []])
        } catch {
            let listed: JSONValue = [
                "code": .string(error.code), "message": .string(error.message),
            ]
            return .json(200, ["data": .null, "errors": [listed]])
        }
    }

    private static func lines(_ definition: JSONValue) throws(GatewayError) -> [MappingSet.Line] {
        guard let lines = MappingSet.lines(definition) else {
            throw GatewayError(400, "1003-400", "each mapping needs a source and a destination")
        }
        return lines
    }

    private static func receipt(_ mapping: MappingSet, at now: Timestamp) -> JSONValue {
        [
            "id": .string(mapping.id), "version": .integer(mapping.version),
            "createdDate": .integer(now.milliseconds), "modifiedDate": .integer(now.milliseconds),
            "createdBy": "simulator@AdobeID", "modifiedBy": "simulator@AdobeID",
        ]
    }

    private static func full(_ mapping: MappingSet) -> JSONValue {
        var object = mapping.definition.object ?? JSONObject()
        object["id"] = .string(mapping.id)
        object["version"] = .integer(mapping.version)
        return .object(object)
    }
}
