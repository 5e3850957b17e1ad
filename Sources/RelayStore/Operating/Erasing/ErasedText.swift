import RelayCore

/// The texts that may stand nowhere any more: the values that were matched, or without any the
/// texts that bodies had to contain. Very short ones would be found everywhere and are not looked
/// for.
package struct ErasedText: Sendable {
    private static let shortestBytes = 4

    /// As they are, and as JSON and URLs usually spell them: for messages and for files.
    let needles: [[UInt8]]
    let ignoresCase: Bool
    private let searches: [ByteSearch]
    private let texts: [TextSearch]

    package init(_ filter: DeliveryFilter) {
        let ignoresCase = filter.ignoresCase
        let wanted =
            filter.matches.isEmpty
            ? filter.contains : filter.matches.map { Array($0.value.utf8) }
        let texts = wanted.filter { $0.count >= Self.shortestBytes }
        var needles: Set<[UInt8]> = []
        for text in texts {
            needles.insert(text)
            let quoted = JSONValue.string(String(decoding: text, as: UTF8.self)).serialized()
            needles.insert(Array(quoted.dropFirst().dropLast()))
            needles.insert(PercentCoding.encode(text))
        }
        self.needles = needles.sorted { $0.lexicographicallyPrecedes($1) }
        self.ignoresCase = ignoresCase
        searches = self.needles.map { ByteSearch($0, ignoringCase: ignoresCase) }
        self.texts = texts.map { TextSearch($0, ignoringCase: ignoresCase) }
    }

    package var isEmpty: Bool { needles.isEmpty }

    package var longest: Int { needles.map(\.count).max() ?? 0 }

    /// In bytes of a file or in words.
    package func stands(in bytes: [UInt8]) -> Bool {
        searches.contains { $0.isFound(in: bytes.span) }
    }

    /// In a query, where `@` may be `%40`, or in headers, which may hold URLs.
    func stands(inQuery text: [UInt8]) -> Bool {
        stands(in: text)
            || (text.contains(UInt8(ascii: "%")) || text.contains(UInt8(ascii: "+")))
                && stands(in: PercentCoding.decode(text))
    }

    /// In a body, however it is spelled there.
    func stands(inBody body: borrowing Swift.Span<UInt8>) -> Bool {
        for text in texts where text.isFound(in: body) { return true }
        return false
    }
}
