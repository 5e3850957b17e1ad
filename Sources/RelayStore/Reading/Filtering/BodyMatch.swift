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
    package func fits(_ body: JSONValue) -> Bool {
        switch pointer.evaluate(on: body) {
        case nil: false
        case .string(let text)?: text.utf8.elementsEqual(value.utf8)
        case let found?:
            found.description == value || found == (try? JSONValue.parse(value))
        }
    }
}
