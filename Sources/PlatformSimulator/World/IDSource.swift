import Signing

/// Identifiers that repeat with the seed, so that a run can be compared with the next. They are
/// not secrets, and nobody should mistake this for how Adobe makes them.
struct IDSource: Sendable {
    private let seed: UInt64
    private var made: UInt64 = 0

    init(seed: UInt64) {
        self.seed = seed
    }

    mutating func hex(_ digits: Int) -> String {
        made += 1
        return String(SHA256.digest(Array("\(seed)/\(made)".utf8)).hex.prefix(digits))
    }

    mutating func uuid() -> String {
        var digits = Array(hex(32))
        // Version and variant, for readers who check them.
        digits[12] = "4"
        digits[16] = "8"
        let parts = [
            digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...],
        ]
        return parts.map { String($0) }.joined(separator: "-")
    }

    /// As Adobe's examples show them: with the quotes as part of the value.
    mutating func etag() -> String {
        "\"\(hex(8))-0000-0200-0000-\(hex(12))\""
    }
}
