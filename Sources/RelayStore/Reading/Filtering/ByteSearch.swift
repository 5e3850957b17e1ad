/// Whether bytes stand in other bytes. Horspool's jump table: a long text is looked at in steps.
enum ByteSearch {
    static func find(_ wanted: [UInt8], in bytes: borrowing Span<UInt8>) -> Bool {
        let length = wanted.count
        guard length > 0 else { return true }
        guard bytes.count >= length else { return false }
        var jumps = [Int](repeating: length, count: 256)
        for (index, byte) in wanted.dropLast().enumerated() {
            jumps[Int(byte)] = length - 1 - index
        }
        var start = 0
        while start <= bytes.count - length {
            var index = length - 1
            while index >= 0, bytes[start + index] == wanted[index] { index -= 1 }
            if index < 0 { return true }
            start += jumps[Int(bytes[start + length - 1])]
        }
        return false
    }
}
