/// The pairs of an `application/x-www-form-urlencoded` text: of a query or of a body.
struct FormFields {
    private var pairs: [(name: String, value: String)] = []

    init(_ text: String) {
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
            pairs.append((Self.decoded(parts[0]), value))
        }
    }

    /// Of several the first.
    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    static func decoded(_ text: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                if digits.count == 2, let code = UInt8(String(Substring(digits)), radix: 16) {
                    bytes.append(code)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            default:
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
