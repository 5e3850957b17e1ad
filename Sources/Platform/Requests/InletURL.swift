/// The two addresses of an inlet. Only the path is looked at; scheme, host and query stay.
package enum InletURL {
    private static let collection = "/collection/"
    private static let batch = "batch/"

    /// The address for one message.
    package static func single(from inletURL: String) -> String {
        let (path, query) = split(inletURL)
        guard let found = lastCollection(in: path) else { return inletURL }
        let rest = path[found.upperBound...]
        guard rest.hasPrefix(batch) else { return inletURL }
        return "\(path[..<found.upperBound])\(rest.dropFirst(batch.count))\(query)"
    }

    /// The address for `{"messages":[…]}`: `batch/` after `/collection/`. Behind a proxy that
    /// renames the path, `batch/` goes before the inlet's id all the same.
    package static func batch(from inletURL: String) -> String {
        let (path, query) = split(inletURL)
        guard let found = lastCollection(in: path) else {
            let id = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
            return "\(path[..<id])\(batch)\(path[id...])\(query)"
        }
        let rest = path[found.upperBound...]
        if rest.hasPrefix(batch) { return inletURL }
        return "\(path[..<found.upperBound])\(batch)\(rest)\(query)"
    }

    private static func split(_ url: String) -> (path: Substring, query: Substring) {
        let end = url.firstIndex { $0 == "?" || $0 == "#" } ?? url.endIndex
        return (url[..<end], url[end...])
    }

    private static func lastCollection(in path: Substring) -> Range<Substring.Index>? {
        path.ranges(of: collection).last
    }
}
