/// Header fields in the order of their arrival. Kept as the bytes that came and read when asked
/// for, because most answers are judged by their status alone.
package struct ResponseHeaders: Sendable {
    /// Whole lines, each ended by a line feed.
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ fields: [(name: String, value: String)]) {
        var bytes: [UInt8] = []
        for field in fields {
            bytes.append(contentsOf: "\(field.name): \(field.value)\r\n".utf8)
        }
        self.bytes = bytes
    }

    /// Names in lower case, values as they came without the white space around them.
    package var fields: [(name: String, value: String)] {
        bytes.split(separator: Self.lineFeed).compactMap { line in
            guard let colon = line.firstIndex(of: Self.colon), colon > line.startIndex,
                !Self.isBlank(line[line.startIndex])
            else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            return (name, Self.trimmed(line[(colon + 1)...]))
        }
    }

    /// The first value of a name; letter case does not matter.
    package subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name == wanted }?.value
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let colon = UInt8(ascii: ":")

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
