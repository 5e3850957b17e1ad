import RelayCore

/// What flows need to know of schemas and data sets.
extension Provisioned {
    /// By `$id` or by `meta:altId`.
    func findSchema(_ id: String) -> JSONObject? {
        schemas[id] ?? schemas.values.first { $0["meta:altId"]?.string == id }
    }

    /// The checks of a registered schema, its primary identity among them.
    func schema(_ id: String) -> Schema? {
        guard let body = schemas[id] else { return nil }
        let identities = descriptors.filter {
            $0["xdm:sourceSchema"]?.string == id && $0["xdm:isPrimary"]?.bool == true
        }.compactMap { $0["xdm:sourceProperty"]?.string }.compactMap { try? JSONPointer($0) }
        return Schema(.object(body), mandatory: identities)
    }

    func isProfileEnabled(dataSet id: String) -> Bool {
        (dataSets[id]?["tags"]?["unifiedProfile"]?.array ?? []).contains("enabled:true")
    }
}
