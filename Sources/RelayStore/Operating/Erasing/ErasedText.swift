import RelayCore

/// The texts that may stand nowhere any more: the values that were matched, also as JSON spells
/// them. Very short ones would be found everywhere and are not looked for.
package struct ErasedText: Sendable {
    private static let shortestBytes = 4

    package let needles: [[UInt8]]

    package init(_ filter: DeliveryFilter) {
        var needles: Set<[UInt8]> = []
        for match in filter.matches where match.value.utf8.count >= Self.shortestBytes {
            needles.insert(Array(match.value.utf8))
            let quoted = JSONValue.string(match.value).serialized()
            needles.insert(Array(quoted.dropFirst().dropLast()))
        }
        self.needles = needles.sorted { $0.lexicographicallyPrecedes($1) }
    }

    package var longest: Int { needles.map(\.count).max() ?? 0 }

    package func stands(in bytes: [UInt8]) -> Bool {
        needles.contains { ByteSearch.find($0, in: bytes.span) }
    }
}
