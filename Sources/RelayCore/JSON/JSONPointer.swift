/// A path into a JSON value (RFC 6901): `""` is the whole, `/a/0/b~1c` a member of an element.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    package enum Malformed: Error, Sendable, Hashable, CustomStringConvertible {
        case noLeadingSlash
        case badEscape(in: String)

        package var description: String {
            switch self {
            case .noLeadingSlash: "a JSON pointer is empty or begins with /"
            case .badEscape(let token): "in \(token), ~ must be followed by 0 or 1"
            }
        }
    }

    /// The steps, with `~0` and `~1` already resolved.
    package let tokens: [String]

    package init(tokens: [String]) {
        self.tokens = tokens
    }

    package init(_ text: String) throws(Malformed) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        guard text.utf8.first == ASCII.slash else { throw .noLeadingSlash }
        var tokens: [String] = []
        for token in text.utf8.dropFirst().split(
            separator: ASCII.slash, omittingEmptySubsequences: false)
        {
            tokens.append(try Self.resolved(String(Substring(token))))
        }
        self.tokens = tokens
    }

    package var description: String {
        // By scalars: a tilde with an accent is one character, and is to be escaped all the same.
        tokens.map { token in
            "/"
                + token.unicodeScalars
                .map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
        }.joined()
    }

    /// The value the pointer leads to. `-` (the place behind the last element) leads nowhere.
    package func evaluate(on value: JSONValue) -> JSONValue? {
        var current = value
        for token in tokens {
            switch current {
            case .object(let object):
                guard let member = object[token] else { return nil }
                current = member
            case .array(let elements):
                guard let index = Self.arrayIndex(token), index < elements.count else {
                    return nil
                }
                current = elements[index]
            default:
                return nil
            }
        }
        return current
    }

    /// Digits without a leading zero, nothing else.
    package static func arrayIndex(_ token: String) -> Int? {
        guard let first = token.utf8.first, token.utf8.allSatisfy(ASCII.isDigit) else {
            return nil
        }
        guard first != ASCII.zero || token.utf8.count == 1 else { return nil }
        return Int(token)
    }

    private static func resolved(_ token: String) throws(Malformed) -> String {
        var result = String.UnicodeScalarView()
        var scalars = token.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else {
                result.append(scalar)
                continue
            }
            switch scalars.next() {
            case "0": result.append("~")
            case "1": result.append("/")
            default: throw .badEscape(in: token)
            }
        }
        return String(result)
    }
}
