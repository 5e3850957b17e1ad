extension JSONPatch.Operation {
    /// - Parameter copyableBytes: what may still be copied; a value copied into itself doubles.
    func apply(
        to root: inout JSONValue, copyableBytes: inout Int
    ) throws(JSONPatchMisfit) {
        switch self {
        case .add(let path, let value):
            try root.place(value, at: path)
        case .remove(let path):
            _ = try root.remove(at: path.tokens[...], whole: path)
        case .replace(let path, let value):
            try value.checkDepth(below: path)
            try root.replace(with: value, at: path.tokens[...], whole: path)
        case .move(let from, let path):
            try root.place(try root.remove(at: from.tokens[...], whole: from), at: path)
        case .copy(let from, let path):
            guard let value = from.evaluate(on: root) else { throw .missing(from) }
            guard value.take(from: &copyableBytes) else {
                throw JSONPatchMisfit(reason: "too much is copied")
            }
            try root.place(value, at: path)
        case .test(let path, let value):
            guard let found = path.evaluate(on: root) else { throw .missing(path) }
            guard found.means(value) else {
                throw JSONPatchMisfit(reason: "the value at \"\(path)\" is another one")
            }
        }
    }
}

extension JSONPointer {
    func isProperPrefix(of other: JSONPointer) -> Bool {
        tokens.count < other.tokens.count
            && zip(tokens, other.tokens).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}

/// The bounds of a result: a small patch must not make a body that nobody can hold or read.
extension JSONValue {
    fileprivate mutating func place(
        _ value: JSONValue, at path: JSONPointer
    ) throws(JSONPatchMisfit) {
        try value.checkDepth(below: path)
        try add(value, at: path.tokens[...], whole: path)
    }

    fileprivate func checkDepth(below path: JSONPointer) throws(JSONPatchMisfit) {
        guard isNested(atMost: Limits.jsonDepth - path.tokens.count) else {
            throw JSONPatchMisfit(reason: "the result would be nested too deeply")
        }
    }

    private func isNested(atMost levels: Int) -> Bool {
        switch self {
        case .array(let elements):
            levels > 0 && elements.allSatisfy { $0.isNested(atMost: levels - 1) }
        case .object(let object):
            levels > 0 && object.members.allSatisfy { $0.value.isNested(atMost: levels - 1) }
        default: levels >= 0
        }
    }

    /// Takes off what the value needs when it is written, about; false when that is not there.
    fileprivate func take(from bytes: inout Int) -> Bool {
        switch self {
        case .null, .bool: bytes -= 5
        case .number(let number): bytes -= number.text.utf8.count
        case .string(let text): bytes -= text.utf8.count + 2
        case .array(let elements):
            bytes -= elements.count + 2
            return bytes >= 0 && elements.allSatisfy { $0.take(from: &bytes) }
        case .object(let object):
            bytes -= object.members.reduce(2) { $0 + $1.key.utf8.count + 4 }
            return bytes >= 0 && object.members.allSatisfy { $0.value.take(from: &bytes) }
        }
        return bytes >= 0
    }
}

/// Each walks down the steps that are left and changes what it finds at their end.
extension JSONValue {
    fileprivate mutating func add(
        _ value: JSONValue, at steps: ArraySlice<String>, whole: JSONPointer
    ) throws(JSONPatchMisfit) {
        guard let step = steps.first else {
            self = value
            return
        }
        guard steps.count == 1 else {
            try descend(step, whole) { (child: inout JSONValue) throws(JSONPatchMisfit) in
                try child.add(value, at: steps.dropFirst(), whole: whole)
            }
            return
        }
        switch self {
        case .object(var object):
            object[step] = value
            self = .object(object)
        case .array(var elements):
            let index = step == "-" ? elements.count : JSONPointer.arrayIndex(step)
            guard let index, index <= elements.count else { throw .missing(whole) }
            elements.insert(value, at: index)
            self = .array(elements)
        default: throw .missing(whole)
        }
    }

    fileprivate mutating func remove(
        at steps: ArraySlice<String>, whole: JSONPointer
    ) throws(JSONPatchMisfit) -> JSONValue {
        guard let step = steps.first else {
            defer { self = .null }
            return self
        }
        guard steps.count == 1 else {
            return try descend(step, whole) { (child: inout JSONValue) throws(JSONPatchMisfit) in
                try child.remove(at: steps.dropFirst(), whole: whole)
            }
        }
        switch self {
        case .object(var object):
            guard let value = object[step] else { throw .missing(whole) }
            object[step] = nil
            self = .object(object)
            return value
        case .array(var elements):
            guard let index = JSONPointer.arrayIndex(step), index < elements.count else {
                throw .missing(whole)
            }
            let value = elements.remove(at: index)
            self = .array(elements)
            return value
        default: throw .missing(whole)
        }
    }

    fileprivate mutating func replace(
        with value: JSONValue, at steps: ArraySlice<String>, whole: JSONPointer
    ) throws(JSONPatchMisfit) {
        guard let step = steps.first else {
            self = value
            return
        }
        try descend(step, whole) { (child: inout JSONValue) throws(JSONPatchMisfit) in
            try child.replace(with: value, at: steps.dropFirst(), whole: whole)
        }
    }

    private mutating func descend<T>(
        _ step: String, _ whole: JSONPointer,
        _ change: (inout JSONValue) throws(JSONPatchMisfit) -> T
    ) throws(JSONPatchMisfit) -> T {
        switch self {
        case .object(var object):
            guard var child = object[step] else { throw .missing(whole) }
            let result = try change(&child)
            object[step] = child
            self = .object(object)
            return result
        case .array(var elements):
            guard let index = JSONPointer.arrayIndex(step), index < elements.count else {
                throw .missing(whole)
            }
            let result = try change(&elements[index])
            self = .array(elements)
            return result
        default: throw .missing(whole)
        }
    }

    /// Equal as JSON: numbers by value, members in any order, strings by their code points.
    fileprivate func means(_ other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let one), .bool(let two)): one == two
        case (.number(let one), .number(let two)):
            one == two || (one.double != nil && one.double == two.double)
        case (.string(let one), .string(let two)): one.utf8.elementsEqual(two.utf8)
        case (.array(let one), .array(let two)):
            one.count == two.count && zip(one, two).allSatisfy { $0.means($1) }
        case (.object(let one), .object(let two)):
            Set(one.keys) == Set(two.keys)
                && one.keys.allSatisfy { key in
                    guard let left = one[key], let right = two[key] else { return false }
                    return left.means(right)
                }
        default: false
        }
    }
}
