import RelayCore

/// What an answer says in words, for the operator: of Platform's problem reports the telling
/// members, of anything else its beginning.
enum PlatformWords {
    /// In the order in which they explain: what, then why.
    private static let keys = [
        "title", "error", "error_code", "errorMessage", "message", "detail", "error_description",
    ]
    /// Platform's validator stops at five.
    private static let violationsCount = 5

    static func of(_ answer: PlatformAnswer, hiding hidden: [String]) -> String {
        if let object = answer.object {
            let words = of(object, hiding: hidden)
            if !words.isEmpty { return words }
        }
        return Excerpt.of(String(decoding: answer.body, as: UTF8.self), hiding: hidden)
    }

    /// Empty when none of the members that carry words is there.
    static func of(_ object: JSONObject, hiding hidden: [String]) -> String {
        var parts = keys.compactMap { text(object[$0]) }
        if let report = object["report"] {
            if let message = text(report["message"]) ?? text(report) { parts.append(message) }
            if let cause = report["cause"] { addViolations(in: cause, to: &parts) }
        }
        var said: Set<String> = []
        let distinct = parts.filter { said.insert($0).inserted }
        return Excerpt.of(distinct.joined(separator: ": "), hiding: hidden)
    }

    private static func text(_ value: JSONValue?) -> String? {
        let text = value?.string ?? value?.number?.text ?? ""
        return text.isEmpty ? nil : text
    }

    /// The validator nests its findings; those at the leaves name the field. As deep as the
    /// parser has let the answer be.
    private static func addViolations(in value: JSONValue, to parts: inout [String]) {
        switch value {
        case .array(let elements):
            for element in elements { addViolations(in: element, to: &parts) }
        case .object(let object):
            let causes = object["causingExceptions"]?.array ?? []
            if causes.isEmpty, let message = text(object["message"]) {
                guard parts.count < keys.count + violationsCount else { return }
                let field = text(object["pointerToViolation"])
                parts.append(field.map { "\($0) \(message)" } ?? message)
            }
            for member in object.members { addViolations(in: member.value, to: &parts) }
        default:
            break
        }
    }
}
