import RelayCore

/// The three operations Flow Service takes (RFC 6902 `add`, `replace`, `remove`), in either case.
enum JSONPatch {
    static func apply(_ patch: JSONValue, to entity: JSONObject) throws(PatchError) -> JSONObject {
        guard let operations = patch.array else { throw PatchError("a patch is a list") }
        var value = JSONValue.object(entity)
        for operation in operations {
            guard let path = operation["path"]?.string, let pointer = try? JSONPointer(path) else {
                throw PatchError("an operation needs a path")
            }
            let name = operation["op"]?.string?.lowercased() ?? ""
            let tokens = pointer.tokens[...]
            switch name {
            case "add", "replace":
                guard let new = operation["value"] else {
                    throw PatchError("\(name) needs a value")
                }
                try change(&value, tokens, to: new, isReplacement: name == "replace")
            case "remove":
                try change(&value, tokens, to: nil, isReplacement: true)
            default:
                throw PatchError("op must be add, replace or remove")
            }
        }
        guard let patched = value.object else { throw PatchError("the result is no object") }
        return patched
    }

    private static func change(
        _ value: inout JSONValue, _ path: ArraySlice<String>, to new: JSONValue?,
        isReplacement: Bool
    ) throws(PatchError) {
        guard let token = path.first else {
            value = new ?? .null
            return
        }
        let rest = path.dropFirst()
        switch value {
        case .object(var object):
            if rest.isEmpty {
                guard !isReplacement || object[token] != nil else {
                    throw PatchError(noPlace: token)
                }
                object[token] = new
            } else {
                guard var member = object[token] else { throw PatchError(noPlace: token) }
                try change(&member, rest, to: new, isReplacement: isReplacement)
                object[token] = member
            }
            value = .object(object)
        case .array(var elements):
            try change(
                &elements, token, rest, to: new, isReplacement: isReplacement)
            value = .array(elements)
        default:
            throw PatchError(noPlace: token)
        }
    }

    private static func change(
        _ elements: inout [JSONValue], _ token: String, _ rest: ArraySlice<String>,
        to new: JSONValue?, isReplacement: Bool
    ) throws(PatchError) {
        if rest.isEmpty, !isReplacement, let new {
            let index = token == "-" ? elements.count : JSONPointer.arrayIndex(token)
            guard let index, index <= elements.count else { throw PatchError(noPlace: token) }
            elements.insert(new, at: index)
            return
        }
        guard let index = JSONPointer.arrayIndex(token), index < elements.count else {
            throw PatchError(noPlace: token)
        }
        if !rest.isEmpty {
            try change(&elements[index], rest, to: new, isReplacement: isReplacement)
        } else if let new {
            elements[index] = new
        } else {
            elements.remove(at: index)
        }
    }
}
