import RelayCore

/// Reads the members of one JSON object by name and complains about whatever is left over.
struct Fields {
    let path: String
    private let object: JSONObject
    private var known: [String] = []

    init(_ value: JSONValue, path: String) throws(ControlError) {
        guard let object = value.object else {
            throw ControlError("\(path): must be an object, not \(value.kind)")
        }
        self.path = path
        self.object = object
    }

    mutating func value(_ key: String) -> JSONValue? {
        known.append(key)
        return object[key].flatMap { $0.isNull ? nil : $0 }
    }

    mutating func text(_ key: String) throws(ControlError) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else { throw mismatch(key, "a string", value) }
        return text
    }

    mutating func flag(_ key: String) throws(ControlError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.bool else { throw mismatch(key, "true or false", value) }
        return flag
    }

    mutating func integer(
        _ key: String, in range: ClosedRange<Int> = 0...Int(Int32.max)
    ) throws(ControlError) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.int64, range.contains(Int(number)) else {
            throw ControlError(
                "\(path).\(key): must be a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return Int(number)
    }

    mutating func fraction(_ key: String) throws(ControlError) -> Double? {
        guard let value = value(key) else { return nil }
        guard let number = value.double, (0...1).contains(number) else {
            throw ControlError("\(path).\(key): must be a number from 0 to 1")
        }
        return number
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Choice.Type
    ) throws(ControlError) -> Choice? {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("\(path).\(key): must be one of \(names)")
        }
        return choice
    }

    mutating func object(_ key: String) throws(ControlError) -> Fields? {
        guard let value = value(key) else { return nil }
        return try Fields(value, path: "\(path).\(key)")
    }

    mutating func texts(_ key: String) throws(ControlError) -> [String]? {
        guard let value = value(key) else { return nil }
        guard let texts = value.array?.map(\.string), !texts.contains(nil) else {
            throw mismatch(key, "a list of strings", value)
        }
        return texts.compactMap { $0 }
    }

    /// A key nobody asked for is a slip of the pen, and silence would make the test lie.
    func finish() throws(ControlError) {
        guard let stranger = object.keys.first(where: { !known.contains($0) }) else { return }
        let hint = NearestName.of(stranger, among: known).map { ", did you mean \($0)?" } ?? ""
        throw ControlError("\(path).\(stranger): unknown key\(hint)")
    }

    private func mismatch(_ key: String, _ wanted: String, _ value: JSONValue) -> ControlError {
        ControlError("\(path).\(key): must be \(wanted), not \(value.kind)")
    }
}
