extension Base64.Alphabet {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    private static let standardDigits = letters + Array("+/".utf8)
    private static let urlSafeDigits = letters + Array("-_".utf8)
    private static let standardValues = inverse(standardDigits)
    private static let urlSafeValues = inverse(urlSafeDigits)

    /// The 64 digits in the order of their values.
    var digits: [UInt8] {
        switch self {
        case .standard: Self.standardDigits
        case .urlSafe: Self.urlSafeDigits
        }
    }

    /// For each of the 256 bytes its value as a digit, or 255.
    var values: [UInt8] {
        switch self {
        case .standard: Self.standardValues
        case .urlSafe: Self.urlSafeValues
        }
    }

    private static func inverse(_ digits: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }
}
