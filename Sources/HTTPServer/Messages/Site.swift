/// The part of a request target between `http://` and the path (RFC 9110, section 4.2.1): a host
/// that is not empty and, after a colon, a port. No user name: who sends one is after something
/// (section 4.2.4).
enum Site {
    static func isValid(_ bytes: borrowing Span<UInt8>) -> Bool {
        guard let hostEnd = hostEnd(bytes) else { return false }
        if hostEnd == bytes.count { return true }
        return bytes[hostEnd] == UInt8(ascii: ":") && isPort(bytes, from: hostEnd + 1)
    }

    private static func hostEnd(_ bytes: borrowing Span<UInt8>) -> Int? {
        guard bytes.count > 0 else { return nil }
        if bytes[0] == UInt8(ascii: "[") { return literalEnd(bytes) }
        var index = 0
        while index < bytes.count, bytes[index] != UInt8(ascii: ":") {
            if bytes[index] == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, isHex(bytes[index + 1]), isHex(bytes[index + 2])
                else { return nil }
                index += 3
            } else {
                guard isNameByte(bytes[index]) else { return nil }
                index += 1
            }
        }
        return index > 0 ? index : nil
    }

    /// An address of IPv6 in brackets.
    private static func literalEnd(_ bytes: borrowing Span<UInt8>) -> Int? {
        var index = 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") {
            let byte = bytes[index]
            guard isHex(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") else {
                return nil
            }
            index += 1
        }
        return index > 1 && index < bytes.count ? index + 1 : nil
    }

    /// An empty port is the usual one (RFC 3986, section 3.2.3).
    private static func isPort(_ bytes: borrowing Span<UInt8>, from start: Int) -> Bool {
        var port = 0
        for index in start..<bytes.count {
            guard (0x30...0x39).contains(bytes[index]) else { return false }
            port = port * 10 + Int(bytes[index] - 0x30)
            if port > 65_535 { return false }
        }
        return true
    }

    /// RFC 3986, section 3.2.2: unreserved characters and sub-delimiters.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        case 0x21, 0x24, 0x26...0x2C, 0x3B, 0x3D: true
        default: false
        }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
