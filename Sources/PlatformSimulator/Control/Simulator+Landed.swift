import HTTPServer
import RelayCore
import Signing

/// `GET /_control/landed`: what landed, as JSON Lines or as one list.
extension Simulator {
    private static let defaultLimit = 1000

    func listLanded(_ request: ServerRequest) throws(ControlError) -> Reply {
        let query = FormFields(request.head.query ?? "")
        let since = try query.number("since") ?? 0
        let limit = try query.number("limit") ?? Self.defaultLimit
        let showsBody = query["body"] != "false"
        let records = landed(since: UInt64(since), limit: limit, fate: try query.fate())
            .filter { query["inlet"] == nil || query["inlet"] == $0.inletID }
            .filter { query["view"] != "profile" || $0.isInProfile }
        let isArray = query["format"] == "array"
        var bytes: [UInt8] = isArray ? [UInt8(ascii: "[")] : []
        for (index, record) in records.enumerated() {
            if isArray, index > 0 { bytes.append(UInt8(ascii: ",")) }
            record.write(to: &bytes, showsBody: showsBody)
            if !isArray { bytes.append(UInt8(ascii: "\n")) }
        }
        if isArray { bytes.append(UInt8(ascii: "]")) }
        let type = isArray ? "application/json" : "application/x-ndjson"
        return Reply(
            ServerResponse(status: 200, headers: [("Content-Type", type)], body: bytes))
    }
}

extension FormFields {
    fileprivate func number(_ name: String) throws(ControlError) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw ControlError("\(name): must be a whole number")
        }
        return number
    }

    /// The lake unless told otherwise.
    fileprivate func fate() throws(ControlError) -> Fate? {
        guard let text = self["fate"] else { return .lake }
        if text == "any" { return nil }
        guard let fate = Fate(rawValue: text) else {
            let names = Fate.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("fate: must be any or one of \(names)")
        }
        return fate
    }
}

extension LandedRecord {
    /// The body stands in the line as it was sent: it is known to be JSON.
    func write(to bytes: inout [UInt8], showsBody: Bool) {
        var object = JSONObject()
        object.append("sequence", .integer(sequence))
        object.append("receivedAt", .string(receivedAt.description))
        object.append("inlet", .string(inletID))
        if let flowID { object.append("flow", .string(flowID)) }
        object.append("xactionId", .string(xactionID))
        if let messageID { object.append("_id", .string(messageID)) }
        object.append("bytes", .integer(self.bytes))
        object.append("sha256", .string(sha256.hex))
        object.append("fate", .string(fate.rawValue))
        object.append("profile", .bool(isInProfile))
        object.append("authenticated", .bool(isAuthenticated))
        object.append("batched", .bool(isBatched))
        if let entity { object.append("entity", entity) }
        bytes.append(contentsOf: JSONValue.object(object).serialized())
        guard showsBody, let body else { return }
        bytes.removeLast()
        bytes.append(contentsOf: ",\"body\":".utf8)
        // A line break inside the body would break the line.
        for byte in body { bytes.append(byte < 0x20 ? UInt8(ascii: " ") : byte) }
        bytes.append(UInt8(ascii: "}"))
    }
}
