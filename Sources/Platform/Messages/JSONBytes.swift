/// Writing JSON straight into the bytes of a request.
enum JSONBytes {
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    private static let backslash = UInt8(ascii: "\\")

    static func appendString(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(quote)
        for byte in text.utf8 {
            switch byte {
            case quote, backslash:
                bytes.append(backslash)
                bytes.append(byte)
            case ..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(UInt8(ascii: "0") + byte >> 4)
                bytes.append(contentsOf: String(byte & 15, radix: 16).utf8)
            default:
                bytes.append(byte)
            }
        }
        bytes.append(quote)
    }
}
