internal import RelayCore

/// One kind of event of a source, with the destinations its events go to.
struct HookSettings: Sendable, Equatable {
    let name: String
    let destinations: [String]

    /// Chatlio's five; the bodies do not tell three of them apart, so the URL does.
    static let chatlioNames = [
        "transcript", "offline-message", "conversation-started", "unanswered", "feedback",
    ]

    /// All five exist; a member of `hooks` only sends one of them elsewhere.
    static func chatlio(_ reader: ObjectReader, _ fallback: [String]?) -> [HookSettings] {
        let own = reader.optional(
            "hooks",
            .object { hooks in
                chatlioNames.map { name in
                    let field = Field.hook(name, fallback: fallback)
                    return hooks.optional(name, field)
                }
            })
        let overrides = own?.compactMap { $0 } ?? []
        if fallback == nil, overrides.count < chatlioNames.count {
            reader.report("destination", "is required")
        }
        return chatlioNames.map { name in
            overrides.first { $0.name == name }
                ?? HookSettings(name: name, destinations: fallback ?? [])
        }
    }

    static func inlet(_ reader: ObjectReader, _ destinations: [String]?) -> [HookSettings] {
        if destinations == nil { reader.report("destination", "is required") }
        return [HookSettings(name: "collection", destinations: destinations ?? [])]
    }
}

extension Field where Value == HookSettings {
    static func hook(_ name: String, fallback: [String]?) -> Field {
        .object { reader in
            let own = reader.optional("destination", .destinations)
            if own == nil, fallback == nil {
                reader.report("destination", "is required, since the source has none")
            }
            return HookSettings(name: name, destinations: own ?? fallback ?? [])
        }
    }
}

extension Field where Value == [HookSettings] {
    static func hooks(fallback: [String]?) -> Field {
        .named(atLeast: 1) { .hook($0, fallback: fallback) }
    }
}

extension Field where Value == [String] {
    /// One destination or a list; each must exist.
    static var destinations: Field {
        .oneOrMore(of: .destination, atMost: Limits.destinationsPerEvent)
    }
}

extension Field where Value == String {
    fileprivate static var destination: Field {
        Field(
            read: { value, place in
                guard let name = place.string(value) else { return nil }
                let known = place.context.destinationNames
                guard known.contains(name) else {
                    let hint = NearestName.of(name, among: known).map { "; did you mean \($0)?" }
                    place.report(
                        "no destination is called \(JSONValue.string(name))\(hint ?? "")")
                    return nil
                }
                return Reading(value: name, shown: .string(name))
            },
            standIn: { _ in "" })
    }
}
