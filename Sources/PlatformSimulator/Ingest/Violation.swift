import RelayCore

/// One place where an entity departs from its schema, as Platform's validator words it.
struct Violation: Sendable {
    let keyword: String
    let message: String
    /// `#/person/name`
    let pointer: String

    var json: JSONValue {
        [
            "schemaLocation": .string(pointer), "pointerToViolation": .string(pointer),
            "causingExceptions": [], "keyword": .string(keyword), "message": .string(message),
        ]
    }
}
