import RelayCore
import SQLite

/// What a filter says of bodies, made ready once for many of them.
struct BodySearch {
    private let contains: [TextSearch]
    private let matches: [(match: BodyMatch, text: TextSearch?)]
    private let ignoresCase: Bool

    init(_ filter: DeliveryFilter) {
        let ignoresCase = filter.ignoresCase
        self.ignoresCase = ignoresCase
        contains = filter.contains.map { TextSearch($0, ignoringCase: ignoresCase) }
        matches = filter.matches.map { match in
            // A list or an object may be spelled in many ways, a number only as it is.
            let isText = !match.value.isEmpty && !"{[".contains(match.value.prefix(1))
            let text = TextSearch(Array(match.value.utf8), ignoringCase: ignoresCase)
            return (match, isText ? text : nil)
        }
    }

    var readsBodies: Bool { !contains.isEmpty || !matches.isEmpty }

    /// Whether all of it holds for the body in the current row.
    func fits(_ row: Statement, column: Int) -> Bool {
        readsBodies ? row.withBytes(column, fits) : true
    }

    private func fits(_ body: Swift.Span<UInt8>) -> Bool {
        guard contains.allSatisfy({ $0.isFound(in: body) }) else { return false }
        // To look for the bytes costs a small part of what reading the JSON does.
        guard !matches.isEmpty, matches.allSatisfy({ $0.text?.mayStand(in: body) ?? true }) else {
            return matches.isEmpty
        }
        guard let value = try? JSONValue.parse(body) else { return false }
        return matches.allSatisfy { $0.match.fits(value, ignoringCase: ignoresCase) }
    }
}
