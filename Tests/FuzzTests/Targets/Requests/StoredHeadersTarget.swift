import HTTPServer
import RelayCore

@testable import HTTPClient
@testable import RelayIntake
@testable import RelayStore

extension FuzzTarget {
    /// Header lines as they came, stored and read again: the same names and values, credentials
    /// masked, within the limit; the raw bytes of a store or of a destination's answer never trap.
    static let storedHeaders = FuzzTarget(
        "stored-headers",
        seeds: [
            "Host: x\nAuthorization: Bearer 0123456789\nX: a:b", "cookie: c\nCOOKIE: d",
            ": x\nA\n B: \t c \r", "A:\nB: \u{FFFD}",
        ]
    ) { (input) throws(Finding) in
        var lines = FuzzInput(input)
        let sent = lines.fields().filter { storable($0) }
        let head = RequestHead(
            method: "POST", path: "/",
            headers: sent.map { HeaderField(name: $0.name, value: $0.value) })
        let fields = sent.prefix(fittingCount(sent))
        let stored = ReceiptHeaders.encode(head)
        let read = RelayStore.HeaderLines.parse(stored)
        try hold(read.count == fields.count, "\(read.count) of \(fields.count) are left")
        for (field, again) in zip(fields, read) {
            let isSecret = secretNames.contains(asciiLower(field.name))
            let expected = isSecret ? "***" : trimmed(field.value)
            try hold(
                field.name.utf8.elementsEqual(again.name.utf8)
                    && expected.utf8.elementsEqual(again.value.utf8),
                "\(field) became \(again)")
        }
        try hold(
            head.headerLines(limitBytes: 20, masking: []).count <= 20, "longer than the limit")
        _ = RelayStore.HeaderLines.parse(input)
        for field in ResponseHeaders(bytes: input).fields {
            try hold(!field.name.isEmpty && !field.name.contains("\n"), "\(field)")
        }
    }

    private static let secretNames: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token",
        "x-access-token",
    ]

    /// How many lines fit into what is stored.
    private static func fittingCount(_ fields: [(name: String, value: String)]) -> Int {
        var room = Limits.headBytes
        for (index, field) in fields.enumerated() {
            let isSecret = secretNames.contains(asciiLower(field.name))
            let nameBytes = field.name.utf8.count + 3
            if nameBytes + field.value.utf8.count > room { return index }
            room -= nameBytes + (isSecret ? 3 : field.value.utf8.count)
        }
        return fields.count
    }

    /// The server lets only tokens through as names, and no line end into a value.
    private static func storable(_ field: (name: String, value: String)) -> Bool {
        !field.name.isEmpty && field.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private static func trimmed(_ value: String) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var bytes = Array(value.utf8)[...]
        while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
