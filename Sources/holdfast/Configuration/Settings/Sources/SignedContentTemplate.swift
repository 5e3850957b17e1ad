internal import RelayCore

/// What exactly a sender signs: literal text and the parts of the request, as in
/// `{id}.{timestamp}.{body}` or `v0:{header:X-Time}:{body}`.
struct SignedContentTemplate: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case literal(String)
        case body, timestamp, id
        case header(String)
    }

    let parts: [Part]

    /// Nil unless the braces are in order and the body is signed.
    init?(_ text: String) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let opening = rest.firstIndex(of: "{") {
            guard let closing = rest[opening...].firstIndex(of: "}") else { return nil }
            if opening > rest.startIndex { parts.append(.literal(String(rest[..<opening]))) }
            guard let part = Self.part(String(rest[rest.index(after: opening)..<closing])) else {
                return nil
            }
            parts.append(part)
            rest = rest[rest.index(after: closing)...]
        }
        guard !rest.contains("}") else { return nil }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        guard parts.contains(.body) else { return nil }
        self.parts = parts
    }

    func uses(_ part: Part) -> Bool { parts.contains(part) }

    private static func part(_ name: String) -> Part? {
        switch name {
        case "body": return .body
        case "timestamp": return .timestamp
        case "id": return .id
        default:
            guard let header = name.suffix(after: "header:"), HeaderSetting.isName(header) else {
                return nil
            }
            return .header(header)
        }
    }
}

extension Field where Value == SignedContentTemplate {
    static var signedContent: Field {
        Field(
            read: { value, place in
                guard let text = place.string(value) else { return nil }
                guard let template = SignedContentTemplate(text) else {
                    let parts = "{body}, {timestamp}, {id} and {header:NAME}"
                    place.report(
                        "\(JSONValue.string(text)) is no template with \(parts), {body} at least")
                    return nil
                }
                return Reading(value: template, shown: .string(text))
            },
            standIn: { _ in
                guard let template = SignedContentTemplate("{body}") else {
                    preconditionFailure("the stand-in is a template")
                }
                return template
            })
    }
}
