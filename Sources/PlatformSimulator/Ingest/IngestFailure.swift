import RelayCore

/// Why a row that was accepted did not reach the lake.
struct IngestFailure: Error {
    /// As run metrics name it.
    let code: String
    let message: String
    let violations: [Violation]

    init(_ message: String, code: String = "INGEST-1212-400") {
        self.code = code
        self.message = message
        violations = []
    }

    init(_ violations: [Violation]) {
        code = "INGEST-1212-400"
        message = "\(violations.count) schema violations found"
        self.violations = violations
    }

    /// As in the answer to a synchronous validation.
    var cause: JSONValue {
        [
            "_streamingValidation": [
                [
                    "schemaLocation": "#", "pointerToViolation": "#",
                    "causingExceptions": .array(violations.map(\.json)),
                    "message": .string(message),
                ]
            ]
        ]
    }

    /// As in the row of a failed batch.
    var errors: JSONValue {
        violations.isEmpty
            ? ["_validationErrors": [["code": .string(code), "message": .string(message)]]] : cause
    }
}
