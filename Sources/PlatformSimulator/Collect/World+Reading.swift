import RelayCore

/// From a message to the flow it belongs to, with the refusals that Platform gives at once.
extension World {
    func read(_ message: Message, _ visit: Visit) throws(Refusal) -> Arrival {
        guard message.body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else {
            throw .format(visit.inlet, "Message is not a JSON object")
        }
        switch visit.inlet.dataType {
        case .raw: return try readRaw(message, visit)
        case .xdm: return try readXDM(message, visit)
        }
    }

    private func readRaw(_ message: Message, _ visit: Visit) throws(Refusal) -> Arrival {
        let flowID =
            visit.submission.flowID
            ?? JSONScanner.scan(message.body, extracting: Self.envelopeFlow).extracted
        let flow = flowID.flatMap { flows[$0] }.flatMap { flow in
            flow.inletID == visit.inlet.id && flow.isEnabled ? flow : nil
        }
        if flow == nil, settings.unknownFlow == .reject {
            throw .format(visit.inlet, "Flow id is missing or unknown")
        }
        return Arrival(message: message, flow: flow, envelope: nil)
    }

    /// Where the upsert form keeps the flow id.
    private static let envelopeFlow = JSONPointer(tokens: ["header", "flowId"])

    private func readXDM(_ message: Message, _ visit: Visit) throws(Refusal) -> Arrival {
        let inlet = visit.inlet
        // The request was valid JSON, so this part of it is.
        guard let envelope = try? JSONValue.parse(message.body) else {
            throw .format(inlet, "Message has unknown xdm format")
        }
        guard let header = envelope["header"], header.object != nil else {
            var refusal = Refusal.format(inlet, "Message has unknown xdm format")
            refusal.connectorMessage =
                "The 'header' field is mandatory. Provide a valid 'header' value and try again."
            throw refusal
        }
        if let sent = header["imsOrgId"]?.string, sent != inlet.organisation {
            throw .format(inlet, "Message has an absent or wrong ims org in the header")
        }
        let flow = flow(of: header, visit)
        guard let schemaID = header["schemaRef"]?["id"]?.string, envelope["body"]?.object != nil,
            Self.agrees(schemaID, envelope["body"]?["xdmMeta"]?["schemaRef"]?["id"]?.string),
            Self.agrees(schemaID, flow?.schemaID)
        else { throw .format(inlet, "Message has unknown xdm format") }
        return Arrival(message: message, flow: flow, envelope: envelope)
    }

    private static func agrees(_ schemaID: String, _ other: String?) -> Bool {
        other == nil || other == schemaID
    }

    /// By id; older messages name only their data set, the oldest neither.
    private func flow(of header: JSONValue, _ visit: Visit) -> Flow? {
        let named = header["flowId"]?.string ?? visit.submission.flowID
        if let named {
            return flows[named].flatMap { $0.inletID == visit.inlet.id && $0.isEnabled ? $0 : nil }
        }
        let candidates = flows.values.filter { $0.inletID == visit.inlet.id && $0.isEnabled }
        if let dataSetID = header["datasetId"]?.string {
            return candidates.filter { $0.dataSetID == dataSetID }.min { $0.id < $1.id }
        }
        return candidates.count == 1 ? candidates.first : nil
    }
}
