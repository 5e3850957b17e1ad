/// One pass over the bytes of a request target.
///
/// Two forms lead to a page: `/path?query`, and the same behind a scheme and a host, which every
/// server must take (RFC 9112, section 3.2.2). There is one site here, so the host changes nothing.
struct TargetScan {
    /// A blank, a control character or DEL; a site that is no host, with or without a port.
    private(set) var isBad = false
    /// Where the query begins, in bytes.
    private var questionMark: Int?
    /// Where the path begins, in bytes.
    private var pathStart = 0

    init(_ target: String) {
        let bytes = target.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte <= 0x20 || byte == 0x7F { isBad = true }
            if byte == UInt8(ascii: "?"), questionMark == nil { questionMark = index }
        }
        if bytes.count > 0, bytes[0] | 0x20 == UInt8(ascii: "h") { skipSite(bytes) }
    }

    private mutating func skipSite(_ bytes: borrowing Span<UInt8>) {
        guard let start = Self.authorityStart(bytes) else { return }
        var end = start
        while end < bytes.count, !Self.endsAuthority(bytes[end]) { end += 1 }
        if !Site.isValid(bytes.extracting(start..<end)) { isBad = true }
        pathStart = end
    }

    private static func authorityStart(_ bytes: borrowing Span<UInt8>) -> Int? {
        for scheme in ["http://", "https://"] as [StaticString] {
            let count = scheme.utf8CodeUnitCount
            guard bytes.count >= count else { continue }
            var isEqual = true
            for index in 0..<count where isEqual {
                // Only letters and marks of one case stand in it.
                let wanted = unsafe scheme.utf8Start[index]
                let byte = bytes[index]
                isEqual = byte == wanted || (0x41...0x5A).contains(byte) && byte | 0x20 == wanted
            }
            if isEqual { return count }
        }
        return nil
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
    }

    /// Path and query as sent; the path of a site alone is `/`.
    func parts(of target: String) -> (path: String, query: String?) {
        // As offsets into one piece of bytes: a view of UTF-8 is walked index by index.
        let utf8 = target.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: pathStart)
        let mark = questionMark.map { utf8.index(utf8.startIndex, offsetBy: $0) }
        let path =
            pathStart == 0 && mark == nil ? target : String(target[start..<(mark ?? utf8.endIndex)])
        return (
            path.isEmpty && pathStart > 0 ? "/" : path,
            mark.map { String(target[utf8.index(after: $0)...]) }
        )
    }
}
