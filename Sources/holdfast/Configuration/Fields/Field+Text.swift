internal import RelayCore

extension Field where Value == String {
    /// Any text but the empty one.
    static var text: Field { checkedText { _ in nil } }

    /// - Parameter problem: says what is wrong with a text, if anything.
    /// - Parameter hidesReferenced: shows `env:NAME` itself, not what it stands for.
    static func checkedText(
        expected: String = "a string", hidesReferenced: Bool = false,
        problem: @escaping (String) -> String?
    ) -> Field {
        Field(
            read: { value, place in
                guard let text = place.string(value, expected: expected) else { return nil }
                guard !text.isEmpty else {
                    place.report("is empty")
                    return nil
                }
                if let problem = problem(text) {
                    place.report(problem)
                    return nil
                }
                let isHidden = hidesReferenced && Place.isReference(value)
                return Reading(value: text, shown: isHidden ? value : .string(text))
            },
            standIn: { _ in "" })
    }

    /// Visible ASCII without blanks: what can stand in a header field, a form or a URL. Who keeps
    /// such a name out of the file may have a reason to.
    static var printable: Field {
        checkedText(hidesReferenced: true) { text in
            text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
                ? nil : "\(JSONValue.string(text)) has blanks or other than ASCII characters"
        }
    }

    /// Text that may be empty, such as a prefix.
    static var anyText: Field {
        Field(
            read: { value, place in
                place.string(value).map { Reading(value: $0, shown: .string($0)) }
            },
            standIn: { _ in "" })
    }

    /// A file that exists and can be read now.
    static var readableFile: Field {
        Field(
            read: { value, place in
                guard let path = text.read(value, place)?.value, place.contents(of: path) != nil
                else { return nil }
                return Reading(value: path, shown: .string(path))
            },
            standIn: { _ in "" })
    }

    /// The name of an HTTP header field (RFC 9110 token).
    static var headerName: Field {
        checkedText { name in
            HeaderSetting.isName(name) ? nil : "\(JSONValue.string(name)) is no header name"
        }
    }
}

extension Field where Value == JSONPointer? {
    /// A JSON pointer, or `"none"` to switch a default off.
    static var pointer: Field {
        Field(
            read: { value, place in
                guard let text = place.string(value, expected: "a JSON pointer") else {
                    return nil
                }
                if text == "none" { return Reading(value: nil, shown: "none") }
                do throws(JSONPointer.Malformed) {
                    let pointer = try JSONPointer(text)
                    return Reading(value: pointer, shown: .string(text))
                } catch {
                    place.report("\(JSONValue.string(text)): \(error)")
                    return nil
                }
            },
            standIn: { _ in nil })
    }
}
