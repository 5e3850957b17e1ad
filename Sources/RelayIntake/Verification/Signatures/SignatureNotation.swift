import Signing

/// How signatures are written in their header.
package struct SignatureNotation: Sendable {
    /// What stands between several signatures.
    package enum Separator: Sendable { case none, space, comma }

    /// What one looks like: bare, `v1,…` or `v1=…`.
    package enum Element: Sendable { case bare, comma, equals }

    package enum Encoding: Sendable { case hex, base64, base64url }

    struct Parsed: Sendable {
        /// Empty for `bare`.
        let name: ArraySlice<UInt8>
        let text: ArraySlice<UInt8>
    }

    let prefix: [UInt8]
    let separator: Separator
    let element: Element
    let encoding: Encoding
    /// The element names that hold a code made with a shared secret; empty for `bare`.
    private let sharedVersions: [[UInt8]]
    /// Those that hold an ed25519 signature.
    private let verifyingVersions: [[UInt8]]

    package init(
        prefix: String = "", separator: Separator = .none, element: Element = .bare,
        versions: [String] = [], publicKeyVersions: [String] = [], encoding: Encoding
    ) {
        self.prefix = Array(prefix.utf8)
        self.separator = separator
        self.element = element
        self.encoding = encoding
        sharedVersions = versions.map { Array($0.utf8) }
        verifyingVersions = publicKeyVersions.map { Array($0.utf8) }
    }

    /// The elements of a header value; nil without the prefix. What is no element is skipped, for
    /// it may be a notation that a later sender adds.
    func elements(of value: String) -> [Parsed]? {
        let bytes = Array(value.utf8)
        guard bytes.starts(with: prefix) else { return nil }
        return split(bytes[prefix.count...]).compactMap(parse)
    }

    /// A signature in a version and an encoding we know; nil for every other.
    func signature(_ parsed: Parsed) -> SignatureClaim.Signature? {
        if element == .bare || sharedVersions.contains(where: parsed.name.elementsEqual) {
            return decode(parsed.text).map { .shared($0) }
        }
        if verifyingVersions.contains(where: parsed.name.elementsEqual) {
            return decode(parsed.text).map { .verifying($0) }
        }
        return nil
    }

    private func split(_ value: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        switch separator {
        case .none: return [value]
        case .space: return value.split(separator: UInt8(ascii: " "))
        case .comma:
            return value.split(separator: UInt8(ascii: ",")).map { piece in
                var piece = piece.drop { $0 == UInt8(ascii: " ") }
                while piece.last == UInt8(ascii: " ") { piece.removeLast() }
                return piece
            }
        }
    }

    private func parse(_ piece: ArraySlice<UInt8>) -> Parsed? {
        let divider: UInt8
        switch element {
        case .bare: return Parsed(name: [], text: piece)
        case .comma: divider = UInt8(ascii: ",")
        case .equals: divider = UInt8(ascii: "=")
        }
        guard let place = piece.firstIndex(of: divider) else { return nil }
        return Parsed(name: piece[..<place], text: piece[(place + 1)...])
    }

    private func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let digits = Array(text)
        switch encoding {
        case .hex: return Hex.decode(digits)
        case .base64: return Base64.decode(digits)
        case .base64url:
            return Base64.decode(digits, alphabet: .urlSafe, padding: .none)
                ?? Base64.decode(digits, alphabet: .urlSafe)
        }
    }
}
