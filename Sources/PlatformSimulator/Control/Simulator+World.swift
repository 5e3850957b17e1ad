import HTTPServer
import RelayCore
import Signing

/// Calls that add to the simulated world without the detour through Platform's own interfaces.
extension Simulator {
    func addInlet(_ request: ServerRequest) throws(ControlError) -> Reply {
        var fields = try Fields(try request.json(), path: "inlet")
        var inlet = Inlet(id: try fields.text("id") ?? change { $0.ids.hex(64) })
        inlet.organisation = try fields.text("imsOrgId") ?? inlet.organisation
        inlet.requiresAuthentication = try fields.flag("authenticationRequired") ?? false
        inlet.dataType = try fields.choice("dataType", Inlet.DataType.self) ?? .raw
        inlet.sourceID = try fields.text("sourceId") ?? "Control"
        if var check = try fields.object("hmac") {
            inlet.signature = Inlet.SignatureCheck(
                secret: Secret(text: try check.text("secret") ?? ""),
                encoding: try check.choice("encoding", Inlet.SignatureCheck.Encoding.self) ?? .hex)
            try check.finish()
        }
        try fields.finish()
        add(inlet)
        return .json(201, ["id": .string(inlet.id), "path": .string("/collection/\(inlet.id)")])
    }

    /// Warm unless `"warm": false`: who goes this way wants to send now.
    func addFlow(_ request: ServerRequest) throws(ControlError) -> Reply {
        var fields = try Fields(try request.json(), path: "flow")
        var flow = Flow(
            id: try fields.text("id") ?? change { $0.ids.uuid() },
            inletID: try fields.text("inlet") ?? BuiltIn.inletID)
        flow.dataSetID = try fields.text("dataSetId") ?? flow.dataSetID
        flow.schemaID = try fields.text("schemaId")
        flow.feedsProfile = try fields.flag("profile") ?? true
        flow.isEnabled = try fields.flag("enabled") ?? true
        flow.schema = fields.value("schema").map { Schema($0) }
        if let list = fields.value("mappings") {
            guard let lines = MappingSet.lines(["mappings": list]) else {
                throw ControlError("flow.mappings: each needs a source and a destination")
            }
            flow.mapping = MappingSet(
                id: "control", version: 0, lines: lines, definition: ["mappings": list])
        }
        if try fields.flag("warm") == false { flow.changedAt = now }
        try fields.finish()
        add(flow)
        return .json(201, ["id": .string(flow.id), "inlet": .string(flow.inletID)])
    }

    func addClient(_ request: ServerRequest) throws(ControlError) -> Reply {
        var fields = try Fields(try request.json(), path: "client")
        guard let id = try fields.text("id"), let secrets = try fields.texts("secrets") else {
            throw ControlError("client: needs id and secrets")
        }
        let organisation = try fields.text("imsOrgId") ?? BuiltIn.organisation
        try fields.finish()
        change {
            $0.tokens.clients[id] = TokenClient(organisation: organisation, secrets: secrets)
        }
        return .json(201, ["id": .string(id)])
    }
}
