import RelayCore

/// The statuses an object of an answer gives, taken together.
enum ReportedStatus: Hashable {
    case absent
    case success
    /// An HTTP error status, 400 to 599.
    case failure(Int)
    /// Present, but no status of success or failure; or several that differ. `null` is one of
    /// these: whoever writes the key has something to say.
    case unreadable

    init(_ values: [JSONValue]) {
        guard !values.isEmpty else {
            self = .absent
            return
        }
        let codes = values.compactMap(Self.code)
        let errors = Set(codes.filter { !(200..<300).contains($0) })
        if codes.count < values.count || errors.count > 1 {
            self = .unreadable
        } else if let error = errors.first {
            self = (400..<600).contains(error) ? .failure(error) : .unreadable
        } else {
            self = .success
        }
    }

    /// `400`, `400.0`, `"400"` and `"400 Bad Request"` are the same.
    private static func code(_ value: JSONValue) -> Int? {
        switch value {
        case .number(let number):
            return number.int64.flatMap { Int(exactly: $0) }
        case .string(let text):
            let words = text.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, first.utf8.count == 3,
                first.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            return Int(first)
        default:
            return nil
        }
    }
}
