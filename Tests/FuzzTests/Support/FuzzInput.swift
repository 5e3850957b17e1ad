/// An input taken apart by the targets that need more than one value.
struct FuzzInput {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    /// Zero when nothing is left.
    mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

    /// One of a list, by a byte of the input.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(byte()) % values.count]
    }

    /// Up to the next line feed, which is dropped.
    mutating func line() -> [UInt8] {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        bytes = bytes.dropFirst(line.count + 1)
        return Array(line)
    }

    mutating func textLine() -> String { String(decoding: line(), as: UTF8.self) }

    /// Everything that is left.
    var rest: [UInt8] { Array(bytes) }

    var restText: String { String(decoding: bytes, as: UTF8.self) }

    /// `Name: value` lines up to an empty one.
    mutating func fields() -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        while !bytes.isEmpty {
            let line = line()
            guard !line.isEmpty else { break }
            let name = line.prefix { $0 != UInt8(ascii: ":") }
            let value = line.dropFirst(name.count + 1).drop { $0 == UInt8(ascii: " ") }
            fields.append((text(name), text(value)))
        }
        return fields
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
