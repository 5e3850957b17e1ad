import RelayCore

/// What making a connection entails: an inlet, above all.
extension World {
    mutating func prepareConnection(
        _ entity: inout JSONObject, _ call: GatewayCall
    ) throws(GatewayError) {
        guard entity["name"]?.string != nil else { throw Self.missing("name") }
        guard let specification = entity["connectionSpec"]?["id"]?.string else {
            throw Self.missing("connectionSpec.id")
        }
        guard specification == SpecificationIDs.httpAPIConnection else { return }
        var authorization = entity["auth"]?.object ?? JSONObject()
        var parameters = authorization["params"]?.object ?? JSONObject()
        guard let type = parameters["dataType"]?.string.flatMap(Inlet.DataType.init) else {
            throw Self.missing("auth.params.dataType (raw or xdm)")
        }
        var inlet = Inlet(id: ids.hex(64))
        inlet.dataType = type
        inlet.requiresAuthentication = parameters["authenticationRequired"]?.bool ?? false
        inlet.sourceID =
            (parameters["sourceId"] ?? parameters["name"] ?? entity["name"])?.string ?? ""
        inlets[inlet.id] = inlet
        parameters["sourceId"] = .string(inlet.sourceID)
        parameters["inletId"] = .string(inlet.id)
        parameters["inletUrl"] = .string("\(call.base)/collection/\(inlet.id)")
        parameters["authenticationRequired"] = .bool(inlet.requiresAuthentication)
        authorization["params"] = .object(parameters)
        entity["auth"] = .object(authorization)
    }

    /// Of the HTTP API source the inlet comes with the base connection; a source without one, as
    /// Chatlio's, has an open inlet of its own.
    mutating func prepareSource(
        _ entity: inout JSONObject, id: String, _ call: GatewayCall
    ) throws(GatewayError) {
        guard entity["connectionSpec"]?["id"]?.string != nil else {
            throw Self.missing("connectionSpec.id")
        }
        if let base = entity["baseConnectionId"]?.string {
            let connection = try find(.connections, base)
            provisioned.inletOfSource[id] =
                connection["auth"]?["params"]?["inletId"]?.string
            return
        }
        var inlet = Inlet(id: ids.hex(64))
        inlet.sourceID = entity["name"]?.string ?? ""
        inlets[inlet.id] = inlet
        provisioned.inletOfSource[id] = inlet.id
    }

    func prepareTarget(_ entity: JSONObject) throws(GatewayError) {
        guard entity["connectionSpec"]?["id"]?.string != nil else {
            throw Self.missing("connectionSpec.id")
        }
        let parameters = entity["params"]
        guard let dataSet = (parameters?["dataSetId"] ?? parameters?["datasetId"])?.string else {
            throw Self.missing("params.dataSetId")
        }
        guard provisioned.dataSets[dataSet] != nil else { throw .notFound("dataset", dataSet) }
    }

    static func missing(_ field: String) -> GatewayError {
        GatewayError(400, "1003-400", "\(field) is missing")
    }
}
