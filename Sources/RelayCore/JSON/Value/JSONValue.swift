/// Any JSON value as a tree, for everything off the hot path: answers of other systems,
/// configuration, what operators ask for.
///
/// Numbers keep their spelling and objects their order and duplicates, so a value that is parsed
/// and written again means the same to every reader.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    package subscript(key: String) -> JSONValue? { object?[key] }

    package subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }

    package subscript(pointer: JSONPointer) -> JSONValue? { pointer.evaluate(on: self) }

    package var isNull: Bool { self == .null }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    package var int64: Int64? { number?.int64 }

    package var double: Double? { number?.double }

    /// Also from a string of digits: several services quote their numbers now and then.
    package var lenientInt64: Int64? {
        switch self {
        case .number(let number): number.int64
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// In words, for messages: "a number", "an object".
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
