/// All header lines of one request in a single byte buffer, so that taking a request costs one
/// allocation for its headers and strings are made only for those somebody asks for.
///
/// Layout of each line: name length (4 bytes), value length (4 bytes), name, value.
struct HeaderBlock: Sendable {
    private static let prefixBytes = 8

    private var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func reserve(bytes: Int, lines: Int) {
        self.bytes.reserveCapacity(bytes + lines * Self.prefixBytes)
    }

    mutating func append(
        name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>
    ) {
        appendLength(name.count)
        appendLength(value.count)
        unsafe bytes.append(contentsOf: name)
        unsafe bytes.append(contentsOf: value)
        count += 1
    }

    private mutating func appendLength(_ count: Int) {
        bytes.append(UInt8(truncatingIfNeeded: count))
        bytes.append(UInt8(truncatingIfNeeded: count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: count >> 16))
        bytes.append(UInt8(truncatingIfNeeded: count >> 24))
    }

    private func length(at start: Int) -> Int {
        Int(bytes[start]) | Int(bytes[start + 1]) << 8
            | Int(bytes[start + 2]) << 16 | Int(bytes[start + 3]) << 24
    }

    mutating func append(_ field: HeaderField) {
        var name = field.name
        var value = field.value
        name.withUTF8 { name in
            value.withUTF8 { value in unsafe append(name: name, value: value) }
        }
    }

    var fields: [HeaderField] {
        var fields: [HeaderField] = []
        fields.reserveCapacity(count)
        forEach { name, value in
            fields.append(HeaderField(name: text(name), value: text(value)))
            return true
        }
        return fields
    }

    func values(of lowercaseName: String) -> [String] {
        var values: [String] = []
        forEach { name, value in
            if matches(name, lowercaseName) { values.append(text(value)) }
            return true
        }
        return values
    }

    func first(of lowercaseName: String) -> String? {
        var found: String?
        forEach { name, value in
            guard matches(name, lowercaseName) else { return true }
            found = text(value)
            return false
        }
        return found
    }

    /// Appends every line as `name: value` and a line feed, as long as the lines stay within the
    /// limit; the values of the masked names become `***`.
    func appendLines(to lines: inout [UInt8], limitBytes: Int, masking maskedNames: [String]) {
        lines.reserveCapacity(min(limitBytes, lines.count + bytes.count))
        // Most names have the length of none of them.
        var maskedLengths: UInt64 = 0
        for name in maskedNames { maskedLengths |= 1 << UInt64(min(name.utf8.count, 63)) }
        forEach { name, value in
            let mayBeMasked = maskedLengths >> UInt64(min(name.count, 63)) & 1 == 1
            let isMasked = mayBeMasked && maskedNames.contains { matches(name, $0) }
            guard name.count + value.count + 3 <= limitBytes - lines.count else { return false }
            lines.append(contentsOf: bytes[name])
            lines.append(UInt8(ascii: ":"))
            lines.append(UInt8(ascii: " "))
            if isMasked {
                lines.append(contentsOf: "***".utf8)
            } else {
                lines.append(contentsOf: bytes[value])
            }
            lines.append(UInt8(ascii: "\n"))
            return true
        }
    }

    /// Visits each line in order until the visitor answers false.
    private func forEach(_ visit: (_ name: Range<Int>, _ value: Range<Int>) -> Bool) {
        var start = 0
        while start < bytes.count {
            let nameStart = start + Self.prefixBytes
            let valueStart = nameStart + length(at: start)
            start = valueStart + length(at: start + 4)
            if !visit(nameStart..<valueStart, valueStart..<start) { return }
        }
    }

    private func matches(_ range: Range<Int>, _ lowercaseName: String) -> Bool {
        let wanted = lowercaseName.utf8
        guard wanted.count == range.count else { return false }
        var index = range.lowerBound
        for byte in wanted {
            let sent = bytes[index]
            let lower = (0x41...0x5A).contains(sent) ? sent | 0x20 : sent
            if lower != byte { return false }
            index += 1
        }
        return true
    }

    /// Bytes that are no UTF-8 become replacement characters.
    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
