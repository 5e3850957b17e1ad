import RelayCore

/// Says whether an answer holds evidence at all, in none of the reader's code. Wider than the
/// reader on purpose: what this denies must never be a success.
package enum AnswerOracle {
    package static func permitsSingle(status: Int, body: [UInt8]) -> Bool {
        guard (200..<300).contains(status), let object = object(body) else { return false }
        if object["responses"] == nil, status != 207 { return isClean(object) }
        return permits(place: 0, of: 1, status: status, body: body)
    }

    package static func permits(place: Int, of count: Int, status: Int, body: [UInt8]) -> Bool {
        guard (200..<300).contains(status), let object = object(body), isClean(object) else {
            return false
        }
        guard let responses = object["responses"] else { return count == 1 && isTaken(object) }
        let elements = (responses.array ?? []).map { $0.object ?? JSONObject() }
        if elements.count == count { return isTaken(elements[place]) }
        return elements.contains { element in
            isTaken(element)
                && tracers(element).contains {
                    $0.hasSuffix(":\(place)") || $0.hasSuffix("-\(place)")
                }
        }
    }

    /// Elements that could be counted as successes.
    package static func takenCount(_ body: [UInt8]) -> Int {
        guard let object = object(body) else { return 0 }
        guard let responses = object["responses"] else { return isTaken(object) ? 1 : 0 }
        return (responses.array ?? []).filter { isTaken($0.object ?? JSONObject()) }.count
    }

    private static func object(_ body: [UInt8]) -> JSONObject? {
        (try? JSONValue.parse(body))?.object
    }

    private static func isTaken(_ object: JSONObject) -> Bool {
        isClean(object) && !tracers(object).isEmpty
    }

    private static func tracers(_ object: JSONObject) -> [String] {
        values("xactionid", object).compactMap { $0.string ?? $0.number?.text }
            .filter { !$0.isEmpty }
    }

    private static func isClean(_ object: JSONObject) -> Bool {
        (values("status", object) + values("statuscode", object)).allSatisfy { value in
            if let text = value.string { return text.drop(while: \.isWhitespace).hasPrefix("2") }
            return value.double.map { (200..<300).contains($0) } ?? false
        }
    }

    private static func values(_ name: String, _ object: JSONObject) -> [JSONValue] {
        object.members.filter { $0.key.lowercased() == name }.map(\.value)
    }
}
