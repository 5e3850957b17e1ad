import RelayCore

/// A Data Prep mapping: which attribute of the source goes where in the XDM entity.
package struct MappingSet: Sendable {
    struct Line: Sendable {
        let source: String
        let destination: [String]
    }

    let id: String
    var version: Int
    var lines: [Line]
    /// As it was given, for GET.
    var definition: JSONValue

    /// The pages show two spellings of the members.
    static func lines(_ definition: JSONValue) -> [Line]? {
        guard let listed = definition["mappings"]?.array else { return nil }
        var lines: [Line] = []
        for entry in listed {
            guard
                let source = (entry["sourceAttribute"] ?? entry["source"])?.string,
                let destination = (entry["destinationXdmPath"] ?? entry["destination"])?.string,
                !source.isEmpty, !destination.isEmpty
            else { return nil }
            lines.append(Line(source: source, destination: Self.path(destination)))
        }
        return lines
    }

    static func path(_ text: String) -> [String] {
        text.split(separator: ".").map { String($0) }
    }

    func apply(
        to source: JSONValue, missing: MissingAttribute, now: Timestamp, ids: inout IDSource
    ) throws(IngestFailure) -> JSONValue {
        var entity = JSONValue.object(JSONObject())
        for line in lines {
            guard let value = Self.evaluate(line.source, on: source, now: now, ids: &ids) else {
                if missing == .skip { continue }
                throw IngestFailure(
                    "Attribute \(line.source) is not in the source", code: "MAPPER-3700-400")
            }
            entity.set(value, at: line.destination[...])
        }
        return entity
    }

    /// An attribute path, a quoted text, or one of the few functions that matter to a relay:
    /// `uuid()` shows the trap of an id that is new at each delivery.
    private static func evaluate(
        _ expression: String, on source: JSONValue, now: Timestamp, ids: inout IDSource
    ) -> JSONValue? {
        switch expression {
        case "uuid()", "guid()": return .string(ids.uuid())
        case "now()": return .string(now.description)
        default: break
        }
        if let quote = expression.first, quote == "\"" || quote == "'", expression.last == quote,
            expression.count >= 2
        {
            return .string(String(expression.dropFirst().dropLast()))
        }
        return JSONPointer(tokens: path(expression)).evaluate(on: source)
    }
}

extension JSONValue {
    /// Makes the objects on the way.
    fileprivate mutating func set(_ value: JSONValue, at path: ArraySlice<String>) {
        guard let key = path.first else {
            self = value
            return
        }
        var object = self.object ?? JSONObject()
        var member = object[key] ?? .object(JSONObject())
        member.set(value, at: path.dropFirst())
        object[key] = member
        self = .object(object)
    }
}
