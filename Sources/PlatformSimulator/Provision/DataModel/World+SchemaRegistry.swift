import RelayCore

/// `/data/foundation/schemaregistry/tenant/…`: schemas and identity descriptors.
extension World {
    private static let tenant = "simulated"

    mutating func schemaRegistry(_ call: GatewayCall) throws(GatewayError) -> Reply {
        guard call.path.first == "tenant", call.path.count > 1 else { throw .noSuchCall }
        switch (call.method, call.path[1], call.path.count) {
        case ("POST", "schemas", 2): return try createSchema(call)
        case ("GET", "schemas", 2):
            return Self.results(provisioned.schemas.sorted { $0.key < $1.key }.map(\.value))
        case ("GET", "schemas", 3):
            guard let schema = provisioned.findSchema(call.path[2]) else {
                throw .notFound("schema", call.path[2])
            }
            return .json(200, .object(schema))
        case ("POST", "descriptors", 2): return try createDescriptor(call)
        case ("GET", "descriptors", 2): return Self.results(provisioned.descriptors)
        default: throw .noSuchCall
        }
    }

    private static func results(_ objects: [JSONObject]) -> Reply {
        .json(
            200,
            [
                "results": .array(objects.map(JSONValue.object)),
                "_page": ["count": .integer(objects.count)], "_links": [:],
            ])
    }

    private mutating func createSchema(_ call: GatewayCall) throws(GatewayError) -> Reply {
        var body = try call.object()
        guard body["title"]?.string != nil else { throw Self.missing("title") }
        let name = ids.hex(32)
        let id = "https://ns.adobe.com/\(Self.tenant)/schemas/\(name)"
        body["$id"] = .string(id)
        body["meta:altId"] = .string("_\(Self.tenant).schemas.\(name)")
        body["meta:resourceType"] = "schemas"
        body["meta:tenantNamespace"] = .string("_\(Self.tenant)")
        body["imsOrg"] = .string(BuiltIn.organisation)
        body["version"] = "1.0"
        provisioned.schemas[id] = body
        return .json(201, .object(body))
    }

    /// A primary identity makes its field mandatory, for flows made from now on.
    private mutating func createDescriptor(_ call: GatewayCall) throws(GatewayError) -> Reply {
        var body = try call.object()
        guard body["@type"]?.string != nil else { throw Self.missing("@type") }
        guard let schema = body["xdm:sourceSchema"]?.string else {
            throw Self.missing("xdm:sourceSchema")
        }
        guard provisioned.schemas[schema] != nil else { throw .notFound("schema", schema) }
        body["@id"] = .string(ids.hex(32))
        body["version"] = "1"
        provisioned.descriptors.append(body)
        return .json(201, .object(body))
    }
}
