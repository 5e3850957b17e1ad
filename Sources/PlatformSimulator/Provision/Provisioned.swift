import RelayCore

/// Entities made through Platform's own interfaces, as they are shown on GET.
struct Provisioned: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case connections, sourceConnections, targetConnections, flows
    }

    /// Per kind by id, in the order of creation.
    var entities: [Kind: [(id: String, entity: JSONObject)]] = [:]
    /// Which inlet a source connection brings along.
    var inletOfSource: [String: String] = [:]
    var mappingSets: [String: MappingSet] = [:]
    /// By `$id`.
    var schemas: [String: JSONObject] = [:]
    var descriptors: [JSONObject] = []
    /// By id.
    var dataSets: [String: JSONObject] = [:]

    subscript(kind: Kind, id: String) -> JSONObject? {
        get { entities[kind]?.first { $0.id == id }?.entity }
        set {
            var listed = entities[kind] ?? []
            let index = listed.firstIndex { $0.id == id }
            switch (index, newValue) {
            case (let index?, let entity?): listed[index].entity = entity
            case (let index?, nil): listed.remove(at: index)
            case (nil, let entity?): listed.append((id, entity))
            case (nil, nil): break
            }
            entities[kind] = listed
        }
    }
}
