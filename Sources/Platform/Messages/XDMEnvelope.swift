/// What stands before and after the entity in an XDM message. The same for all messages of an
/// inlet, so it is written once.
struct XDMEnvelope {
    let opening: [UInt8]
    let closing: [UInt8] = Array("}}".utf8)

    init(_ reference: XDMReference, flowID: String?) {
        var schema: [UInt8] = Array(#""schemaRef":{"id":"#.utf8)
        JSONBytes.appendString(reference.schemaID, to: &schema)
        schema.append(contentsOf: #","contentType":"#.utf8)
        JSONBytes.appendString(reference.contentType, to: &schema)
        schema.append(UInt8(ascii: "}"))

        var bytes: [UInt8] = Array(#"{"header":{"#.utf8)
        bytes.append(contentsOf: schema)
        Self.append("imsOrgId", reference.imsOrgID, to: &bytes)
        Self.append("datasetId", reference.datasetID, to: &bytes)
        Self.append("flowId", flowID, to: &bytes)
        if let sourceName = reference.sourceName {
            bytes.append(contentsOf: #","source":{"name":"#.utf8)
            JSONBytes.appendString(sourceName, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(contentsOf: #"},"body":{"xdmMeta":{"#.utf8)
        bytes.append(contentsOf: schema)
        bytes.append(contentsOf: #"},"xdmEntity":"#.utf8)
        opening = bytes
    }

    private static func append(_ key: String, _ value: String?, to bytes: inout [UInt8]) {
        guard let value else { return }
        bytes.append(JSONBytes.comma)
        JSONBytes.appendString(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        JSONBytes.appendString(value, to: &bytes)
    }
}
