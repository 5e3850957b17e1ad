import CMicroHTTPD
import Glibc

/// Who is at the other end: for people, and for counting.
struct PeerAddress {
    let text: String
    let key: AddressKey?

    private static let unix = PeerAddress(text: "unix", key: nil)

    private init(text: String, key: AddressKey?) {
        self.text = text
        self.key = key
    }

    init(_ address: UnsafePointer<sockaddr>?) {
        self = unsafe address.map { unsafe Self.read($0) } ?? .unix
    }

    private static func read(_ address: UnsafePointer<sockaddr>) -> PeerAddress {
        let raw = unsafe UnsafeRawPointer(address)
        switch Int32(unsafe address.pointee.sa_family) {
        case AF_INET: return v4(unsafe raw.loadUnaligned(as: sockaddr_in.self).sin_addr)
        case AF_INET6: return v6(unsafe raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return .unix
        }
    }

    private static func v4(_ address: in_addr) -> PeerAddress {
        PeerAddress(
            text: text(address, family: AF_INET),
            key: AddressKey(isV4: true, bits: UInt64(address.s_addr)))
    }

    /// An IPv4 address mapped into IPv6 counts, and reads, as IPv4.
    private static func v6(_ address: in6_addr) -> PeerAddress {
        let words = unsafe withUnsafeBytes(of: address) { bytes in
            (
                high: unsafe bytes.loadUnaligned(as: UInt64.self),
                low: unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
        }
        // ::ffff:0:0/96, RFC 4291 section 2.5.5.2
        if words.high == 0 && words.low.bigEndian >> 32 == 0xFFFF {
            return v4(in_addr(s_addr: UInt32(words.low >> 32)))
        }
        return PeerAddress(
            text: text(address, family: AF_INET6),
            key: AddressKey(isV4: false, bits: words.high))
    }

    private static func text<Address>(_ address: Address, family: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = unsafe bytes.withUnsafeMutableBytes { text in
            unsafe withUnsafePointer(to: address) { address in
                unsafe inet_ntop(
                    family, address, text.baseAddress?.assumingMemoryBound(to: CChar.self),
                    socklen_t(text.count))
            }
        }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
