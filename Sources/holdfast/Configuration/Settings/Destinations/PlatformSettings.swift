internal import RelayCore
internal import Signing

/// A streaming inlet of Adobe Experience Platform.
struct PlatformSettings: Sendable, Equatable {
    enum DataType: Sendable, Equatable {
        /// The body as it is; Data Prep maps it.
        case raw
        /// The body becomes `xdmEntity` of an envelope.
        case xdm(XDMSettings)
    }

    private enum DataTypeName: String, Sendable, CaseIterable { case raw, xdm }

    let inletURL: EndpointURL
    /// Nil when the URL's query names it, or for XDM.
    let flowId: String?
    let sandboxName: String?
    let dataType: DataType
    let auth: AuthSettings
    let hmac: OutgoingHMACSettings?
    /// Nil: one message a request.
    let batch: BatchSettings?

    init(_ reader: ObjectReader, allowPlainHTTP: Bool) {
        inletURL = reader.required(
            "inletURL", .service(allowsPlainHTTP: allowPlainHTTP, masking: .allButPath))
        flowId = reader.optional("flowId", .printable)
        sandboxName = reader.optional("sandboxName", .printable)
        dataType = Self.dataType(reader)
        auth = reader.value(
            "auth", .object { AuthSettings($0, allowPlainHTTP: allowPlainHTTP) },
            default: ["kind": "none"])
        hmac = reader.optional("hmac", .object(OutgoingHMACSettings.init))
        batch = reader.optional("batch", .object(BatchSettings.init))
        if case .raw = dataType, flowId == nil, inletURL.queryValue("x-adobe-flow-id") == nil {
            reader.report("flowId", "is required for raw data")
        }
    }

    private static func dataType(_ reader: ObjectReader) -> DataType {
        let name: DataTypeName = reader.value("dataType", .choice(), default: "raw")
        switch name {
        case .xdm: return .xdm(XDMSettings(reader))
        case .raw:
            for key in ["schemaRef", "imsOrgId", "datasetId"] where reader.has(key) {
                _ = reader.optional(key, .ignored)
                reader.report(key, "means nothing without dataType: \"xdm\"")
            }
            return .raw
        }
    }
}

extension Field where Value == Void {
    /// For a key that is known but out of place.
    fileprivate static var ignored: Field {
        Field(read: { value, _ in Reading(value: (), shown: .null) }, standIn: { _ in })
    }
}
