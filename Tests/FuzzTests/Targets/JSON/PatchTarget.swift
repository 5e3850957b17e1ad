import RelayCore

extension FuzzTarget {
    /// A patch and, on the next line, a body: what comes out is JSON within the bounds of what
    /// went in, and single operations do what their names say.
    static let patch = FuzzTarget(
        "patch",
        seeds: [
            #"[{"op":"add","path":"/a/-","value":1},{"op":"test","path":"/a/0","value":0}]"#
                + "\n{\"a\":[0]}",
            #"[{"op":"move","from":"/a","path":"/b"},{"op":"copy","from":"/b","path":"/c"}]"#
                + "\n{\"a\":{\"x\":1}}",
            #"[{"op":"replace","path":"","value":[]},{"op":"remove","path":"/0"}]"# + "\n[1]",
        ]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        guard let patch = try? JSONPatch(input.line()) else { return }
        let body = input.rest
        guard let result = try? patch.applied(to: body) else { return }
        guard case .valid = JSONScanner.verdict(on: result, depthLimit: Limits.jsonDepth) else {
            throw Finding("the result is no JSON that could be sent")
        }
        try hold(result.count <= Limits.bodyBytesRange.upperBound, "the result is too long")
        guard patch.operations.count == 1, let value = try? JSONValue.parse(result) else { return }
        try holdOperation(patch.operations[0], value)
    }

    private static func holdOperation(
        _ operation: JSONPatch.Operation, _ result: JSONValue
    ) throws(Finding) {
        switch operation {
        case .add(let path, let value), .replace(let path, let value):
            guard path.tokens.last != "-" else { return }
            let found = path.evaluate(on: result)?.serialized()
            try hold(found == value.serialized(), "\(path) does not hold what was put there")
        case .remove(let path):
            guard let last = path.tokens.last, JSONPointer.arrayIndex(last) == nil else { return }
            try hold(path.evaluate(on: result) == nil, "\(path) is still there")
        case .move, .copy, .test: break
        }
    }
}
