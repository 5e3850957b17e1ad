import RelayCore

/// `/hooks/{source}/{hook}/{token}` in its only spelling: names and tokens are made of characters
/// that need no escape, so anything escaped, doubled or dotted is another path.
struct HookPath: Equatable {
    let source: [UInt8]
    let hook: [UInt8]
    /// Empty for a source that proves itself with a signature.
    let token: [UInt8]

    init(source: [UInt8], hook: [UInt8], token: [UInt8]) {
        self.source = source
        self.hook = hook
        self.token = token
    }

    init?(_ path: String) {
        guard path.utf8.count <= Limits.pathBytes else { return nil }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 4 || parts.count == 5, parts[0].isEmpty,
            parts[1].elementsEqual("hooks".utf8)
        else { return nil }
        for part in parts[2...] {
            guard !part.isEmpty, part.allSatisfy(HookPath.isPlain), !HookPath.isDots(part) else {
                return nil
            }
        }
        source = Array(parts[2])
        hook = Array(parts[3])
        token = parts.count == 5 ? Array(parts[4]) : []
    }

    /// RFC 3986's unreserved characters.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isDots(_ part: Substring.UTF8View) -> Bool {
        part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8)
    }
}
