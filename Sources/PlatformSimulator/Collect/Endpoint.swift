/// The doors of the simulator, named as in fault rules and counters.
package enum Endpoint: String, Sendable, CaseIterable {
    case collection
    case batch
    case token
    case flowService = "flowservice"
    case mappingSets = "mappingsets"
    case schemaRegistry = "schemaregistry"
    case catalog
    case export
    case control
    case page
    case unknown

    private static let prefixes: [(prefix: String, endpoint: Endpoint)] = [
        ("/collection/batch/", .batch),
        ("/collection/", .collection),
        ("/ims/token/v3", .token),
        ("/_control/", .control),
        ("/data/foundation/flowservice/", .flowService),
        ("/data/foundation/conversion/mappingSets", .mappingSets),
        ("/data/foundation/schemaregistry/", .schemaRegistry),
        ("/data/foundation/catalog/", .catalog),
        ("/data/foundation/export/", .export),
    ]

    /// The endpoint and what follows its prefix in the path.
    static func find(_ path: String) -> (endpoint: Endpoint, rest: Substring) {
        for (prefix, endpoint) in prefixes where path.hasPrefix(prefix) {
            return (endpoint, path.dropFirst(prefix.utf8.count))
        }
        return path == "/" || path == "/style.css" ? (.page, path[...]) : (.unknown, path[...])
    }
}
