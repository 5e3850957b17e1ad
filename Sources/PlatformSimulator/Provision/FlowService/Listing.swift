import RelayCore

/// `limit`, `continuationToken`, `property=a.b==value` and `count` of Flow Service's lists.
struct Listing {
    private let limit: Int
    private let offset: Int
    private let countsOnly: Bool
    private let filter: (path: JSONPointer, value: String)?

    init(_ call: GatewayCall) {
        limit = call.query["limit"].flatMap { Int($0) }.map { min(max($0, 1), 100) } ?? 20
        offset = call.query["continuationToken"].flatMap { Int($0) } ?? 0
        countsOnly = call.query["count"]?.lowercased() == "true"
        filter = call.query["property"].flatMap(Self.condition)
    }

    private static func condition(_ text: String) -> (path: JSONPointer, value: String)? {
        guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let rest = text[sign...]
        guard rest.hasPrefix("==") else { return nil }
        let path = JSONPointer(tokens: MappingSet.path(String(text[..<sign])))
        return (path, String(rest.dropFirst(2)))
    }

    /// `id==a,b` means either.
    func passes(_ entity: JSONValue) -> Bool {
        guard let filter else { return true }
        guard let found = filter.path.evaluate(on: entity) else { return false }
        let text = found.string ?? found.description
        return filter.value.split(separator: ",").contains { $0 == text }
    }

    func reply(_ all: [JSONValue], path: String) -> Reply {
        let found = all.filter(passes)
        if countsOnly { return .json(200, ["count": .integer(found.count)]) }
        let page = Array(found.dropFirst(offset).prefix(limit))
        let next = offset + page.count
        let links: JSONValue =
            next < found.count
            ? ["next": ["href": .string("\(path)?continuationToken=\(next)")]] : [:]
        return .json(200, ["items": .array(page), "_links": links])
    }
}
