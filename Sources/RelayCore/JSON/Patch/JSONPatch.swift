/// A list of changes to a JSON value (RFC 6902), read and checked as a whole before it is used.
package struct JSONPatch: Sendable, Hashable {
    package enum Operation: Sendable, Hashable {
        case add(JSONPointer, JSONValue)
        case remove(JSONPointer)
        case replace(JSONPointer, JSONValue)
        case move(from: JSONPointer, to: JSONPointer)
        case copy(from: JSONPointer, to: JSONPointer)
        case test(JSONPointer, JSONValue)
    }

    /// Why a text is no patch, or why a patch does not fit a value. Operations count from 1.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        package let operation: Int?
        package let reason: String

        package var description: String {
            operation.map { "operation \($0): \(reason)" } ?? reason
        }
    }

    package let operations: [Operation]

    package init(operations: [Operation]) {
        self.operations = operations
    }

    package init(_ text: [UInt8]) throws(Failure) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(text)
        } catch {
            throw Failure(operation: nil, reason: "not JSON: \(error)")
        }
        guard let list = value.array else {
            throw Failure(
                operation: nil,
                reason: "a patch is a list of operations (RFC 6902), not \(value.kind)")
        }
        var operations: [Operation] = []
        for (index, element) in list.enumerated() {
            operations.append(try Reader(element: element, number: index + 1).operation())
        }
        self.operations = operations
    }

    /// Applies all operations in their order, or none.
    package func applied(to value: JSONValue) throws(Failure) -> JSONValue {
        var result = value
        var copyableBytes = Limits.bodyBytesRange.upperBound
        for (index, operation) in operations.enumerated() {
            do throws(JSONPatchMisfit) {
                try operation.apply(to: &result, copyableBytes: &copyableBytes)
            } catch {
                throw Failure(operation: index + 1, reason: error.reason)
            }
        }
        return result
    }

    /// The same on bytes; what is no JSON fits no patch.
    package func applied(to body: [UInt8]) throws(Failure) -> [UInt8] {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(body, depthLimit: Limits.jsonDepth)
        } catch {
            throw Failure(operation: nil, reason: "the body is not JSON")
        }
        return try applied(to: value).serialized()
    }
}

extension JSONPatch {
    /// Reads one operation. Members it does not know are ignored, as the RFC asks.
    private struct Reader {
        let element: JSONValue
        let number: Int

        func operation() throws(Failure) -> Operation {
            guard let object = element.object else {
                throw failure("is \(element.kind), not an object")
            }
            guard let name = object["op"]?.string else { throw failure("\"op\" is missing") }
            let path = try pointer("path")
            switch name {
            case "add": return .add(path, try value(object))
            case "remove": return .remove(path)
            case "replace": return .replace(path, try value(object))
            case "move":
                let from = try pointer("from")
                guard !from.isProperPrefix(of: path) else {
                    throw failure("nothing can be moved into itself")
                }
                return .move(from: from, to: path)
            case "copy": return .copy(from: try pointer("from"), to: path)
            case "test": return .test(path, try value(object))
            default:
                throw failure(
                    "\"op\" is \"\(name)\"; it is add, remove, replace, move, copy or test")
            }
        }

        private func value(_ object: JSONObject) throws(Failure) -> JSONValue {
            guard let value = object["value"] else { throw failure("\"value\" is missing") }
            return value
        }

        private func pointer(_ key: String) throws(Failure) -> JSONPointer {
            guard let text = element[key]?.string else { throw failure("\"\(key)\" is missing") }
            do throws(JSONPointer.Malformed) {
                return try JSONPointer(text)
            } catch {
                throw failure("\"\(key)\": \(error)")
            }
        }

        private func failure(_ reason: String) -> Failure {
            Failure(operation: number, reason: reason)
        }
    }
}
