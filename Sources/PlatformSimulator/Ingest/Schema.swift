import RelayCore

/// The part of JSON Schema that the simulator checks: type, required, enum, minimum, maximum,
/// minLength, maxLength, format date-time and items. The rest (pattern, composition) passes.
package struct Schema: Sendable {
    /// Platform's validator stops there.
    private static let violationsLimit = 5

    private let root: JSONValue
    /// Fields that must be there besides: primary identities.
    private let mandatory: [JSONPointer]

    init(_ root: JSONValue, mandatory: [JSONPointer] = []) {
        self.root = root
        self.mandatory = mandatory
    }

    private static let eventClass = "https://ns.adobe.com/xdm/context/experienceevent"
    private static let eventProperties: JSONValue = [
        "_id": ["type": "string"], "timestamp": ["type": "string", "format": "date-time"],
    ]
    private static let eventRoot: JSONValue = [
        "type": "object", "required": ["_id", "timestamp"], "properties": eventProperties,
    ]

    /// For XDM messages whose schema is not registered here: it may be an event or a profile.
    static let unregistered = Schema(["type": "object", "properties": eventProperties])

    func violations(in entity: JSONValue) -> [Violation] {
        var found: [Violation] = []
        check(entity, against: root, at: "#", &found)
        for field in mandatory where field.evaluate(on: entity) == nil {
            found.append(
                Violation(
                    keyword: "required", message: "required key [\(field)] not found",
                    pointer: "#"))
        }
        return Array(found.prefix(Self.violationsLimit))
    }

    private func check(
        _ value: JSONValue, against schema: JSONValue, at pointer: String,
        _ found: inout [Violation]
    ) {
        func violate(_ keyword: String, _ message: String) {
            found.append(Violation(keyword: keyword, message: message, pointer: pointer))
        }
        if let type = schema["type"]?.string, !Self.isOf(type, value) {
            return violate("type", "expected type: \(type), found: \(Self.type(of: value))")
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) {
            violate("enum", "\(value) is not a valid enum value")
        }
        checkBounds(value, schema, violate)
        if schema["format"]?.string == "date-time", let text = value.string,
            Timestamp(rfc3339: text) == nil
        {
            violate("format", "[\(text)] is not a valid date-time")
        }
        checkMembers(value, schema, at: pointer, &found)
        for part in schema["allOf"]?.array ?? [] {
            let isEvent = part["$ref"]?.string == Self.eventClass
            check(value, against: isEvent ? Self.eventRoot : part, at: pointer, &found)
        }
    }

    private func checkBounds(
        _ value: JSONValue, _ schema: JSONValue, _ violate: (String, String) -> Void
    ) {
        if let number = value.double {
            if let least = schema["minimum"]?.double, number < least {
                violate("minimum", "\(number) is not greater or equal to \(least)")
            }
            if let most = schema["maximum"]?.double, number > most {
                violate("maximum", "\(number) is not less or equal to \(most)")
            }
        }
        if let text = value.string {
            if let least = schema["minLength"]?.int64, Int64(text.count) < least {
                violate("minLength", "expected minLength: \(least), actual: \(text.count)")
            }
            if let most = schema["maxLength"]?.int64, Int64(text.count) > most {
                violate("maxLength", "expected maxLength: \(most), actual: \(text.count)")
            }
        }
    }

    private func checkMembers(
        _ value: JSONValue, _ schema: JSONValue, at pointer: String, _ found: inout [Violation]
    ) {
        if value.object != nil {
            for key in (schema["required"]?.array ?? []).compactMap(\.string)
            where value[key] == nil {
                found.append(
                    Violation(
                        keyword: "required", message: "required key [\(key)] not found",
                        pointer: pointer))
            }
            for property in schema["properties"]?.object?.members ?? [] {
                guard let member = value[property.key] else { continue }
                check(member, against: property.value, at: "\(pointer)/\(property.key)", &found)
            }
        }
        if let items = schema["items"] {
            for (index, element) in (value.array ?? []).enumerated() {
                check(element, against: items, at: "\(pointer)/\(index)", &found)
            }
        }
    }

    private static func type(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch type {
        case "object": value.object != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "boolean": value.bool != nil
        case "integer": value.int64 != nil
        case "number": value.number != nil
        default: true
        }
    }
}
