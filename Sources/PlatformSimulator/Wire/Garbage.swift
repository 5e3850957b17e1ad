/// What comes instead of sense.
enum Garbage {
    /// Neither HTTP nor JSON nor UTF-8, and always the same.
    static let bytes: [UInt8] = (0..<97).map { UInt8(truncatingIfNeeded: $0 * 151 + 128) }
}
