import RelayCore

@testable import holdfast

/// A piece of configuration as a page shows it: a whole file, some of its top level, or sources or
/// destinations by name. What is missing around it is filled in.
struct ConfigurationFragment {
    private let tree: JSONValue

    init(_ text: String) throws {
        let braced = text.drop { $0.isWhitespace }.hasPrefix("{") ? text : "{\(text)\n}"
        tree = try JSON5Parser.parse(Array(braced.utf8))
    }

    /// Variables and files that it points to are there.
    func problems() throws -> [String] {
        let whole = whole
        var world = ConfigurationWorld()
        for reference in Self.strings(in: whole) {
            if reference.hasPrefix("env:") {
                world.variables[String(reference.dropFirst(4))] = Self.secret
            } else if reference.hasPrefix("file:") {
                let name = String(reference.dropFirst(5))
                world.files[name.hasPrefix("/") ? name : "/credentials/\(name)"] = .success(
                    Array(Self.secret.utf8))
            } else if reference.hasPrefix("/") {
                world.files[reference] = .success([])
            }
        }
        world.variables["CREDENTIALS_DIRECTORY"] = "/credentials"
        return world.problems(whole.description)
    }

    /// Good for a token in a URL, for a password and, in base 64, for a key.
    private static let secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"

    private static let topLevel: Set<String> = [
        "dataDirectory", "intake", "admin", "storage", "sources", "destinations", "log",
    ]

    private var whole: JSONValue {
        guard let object = tree.object else { return tree }
        var whole = JSONObject()
        var sources = JSONObject()
        var destinations = JSONObject()
        for member in object.members {
            switch member.value["kind"]?.string {
            case "platform"?, "http"?: destinations[member.key] = member.value
            case .some: sources[member.key] = member.value
            case nil: whole[member.key] = member.value
            }
        }
        for member in whole["sources"]?.object?.members ?? [] {
            sources[member.key] = member.value
        }
        for member in whole["destinations"]?.object?.members ?? [] {
            destinations[member.key] = member.value
        }
        // A source that is shown alone goes somewhere, and a destination gets something.
        for name in Self.destinations(of: .object(sources)) where destinations[name] == nil {
            destinations[name] = ["kind": "http", "url": "https://example.org/in"]
        }
        if destinations.isEmpty {
            destinations["platform"] = ["kind": "http", "url": "https://example.org/in"]
        }
        if sources.isEmpty {
            sources["chatlio"] = [
                "kind": "chatlio", "tokens": [.string(Self.secret)],
                "destination": .string(destinations.keys[0]),
            ]
        }
        whole["sources"] = .object(sources)
        whole["destinations"] = .object(destinations)
        if whole["dataDirectory"] == nil { whole["dataDirectory"] = "/data" }
        return .object(whole)
    }

    private static func destinations(of value: JSONValue) -> Set<String> {
        var names: Set<String> = []
        for member in value.object?.members ?? [] {
            if member.key == "destination" {
                names.formUnion(strings(in: member.value))
            } else {
                names.formUnion(destinations(of: member.value))
            }
        }
        return names
    }

    private static func strings(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap { strings(in: $0) }
        case .object(let object): object.members.flatMap { strings(in: $0.value) }
        default: []
        }
    }
}
