import RelayCore

/// An operator asked for a source, hook or destination that the store has never met.
package struct UnknownName: Error, Sendable, Hashable, CustomStringConvertible {
    package let kind: NameKind
    package let name: String
    package let known: [String]

    package var nearest: String? { NearestName.of(name, among: known) }

    package var description: String {
        let what = "no \(kind.rawValue) \"\(name)\" in this store"
        guard !known.isEmpty else { return "\(what); it knows none yet" }
        let list = known.joined(separator: ", ")
        guard let nearest else { return "\(what); it knows: \(list)" }
        return "\(what); did you mean \"\(nearest)\"? It knows: \(list)"
    }
}
