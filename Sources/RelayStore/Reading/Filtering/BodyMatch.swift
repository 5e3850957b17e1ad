package import RelayCore

/// `JSONPOINTER=VALUE`: the body has that value at that place.
package struct BodyMatch: Sendable, Hashable {
    package let pointer: JSONPointer
    package let value: String

    package init(pointer: JSONPointer, value: String) {
        self.pointer = pointer
        self.value = value
    }

    /// Splits at the first `=`; nil without one or with a malformed pointer.
    package init?(_ text: String) {
        guard let equals = text.firstIndex(of: "="),
            let pointer = try? JSONPointer(String(text[..<equals]))
        else { return nil }
        self.init(pointer: pointer, value: String(text[text.index(after: equals)...]))
    }

    /// A string is compared by its content, anything else by its JSON text.
    /// - Parameter ignoringCase: of the letters A to Z, in strings.
    package func fits(_ body: JSONValue, ignoringCase: Bool = false) -> Bool {
        switch pointer.evaluate(on: body) {
        case nil: false
        case .string(let text)?:
            text.utf8.count == value.utf8.count
                && ByteSearch(Array(value.utf8), ignoringCase: ignoringCase)
                    .isFound(in: Array(text.utf8).span)
        case let found?:
            found.description == value || found == (try? JSONValue.parse(value))
        }
    }
}
