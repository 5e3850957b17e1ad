internal import RelayCore

/// What the envelope of XDM data names.
struct XDMSettings: Sendable, Equatable {
    let schemaRef: SchemaReference
    /// Nil: Platform takes the inlet's own.
    let imsOrgId: String?
    let datasetId: String

    init(_ reader: ObjectReader) {
        schemaRef = reader.required("schemaRef", .schemaReference)
        imsOrgId = reader.optional("imsOrgId", .printable)
        datasetId = reader.required("datasetId", .printable)
    }
}

struct SchemaReference: Sendable, Hashable {
    let id: String
    let contentType: String
}

extension Field where Value == SchemaReference {
    /// The schema's id alone, or `{ id, contentType }`.
    fileprivate static var schemaReference: Field {
        let whole = Field.object { reader in
            SchemaReference(
                id: reader.required("id", .printable),
                contentType: reader.value(
                    "contentType", .printable,
                    default: "application/vnd.adobe.xed-full+json;version=1"))
        }
        return Field(
            read: { value, place in
                value.string == nil ? whole.read(value, place) : whole.read(["id": value], place)
            },
            standIn: whole.standIn)
    }
}
