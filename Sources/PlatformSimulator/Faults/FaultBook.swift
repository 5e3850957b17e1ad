import RelayCore

/// The rules in force, in order. The first that applies to a request is the only one that does.
struct FaultBook: Sendable {
    /// More than any script needs; a loop that only adds is stopped here.
    static let rulesLimit = 10_000

    private(set) var rules: [FaultRule] = []

    var isEmpty: Bool { rules.isEmpty }

    mutating func append(_ new: [FaultRule]) throws(ControlError) {
        guard rules.count + new.count <= Self.rulesLimit else {
            throw ControlError("faults: more than \(Self.rulesLimit) rules")
        }
        rules += new
    }

    mutating func removeAll() { rules = [] }

    mutating func take(
        _ endpoint: Endpoint, path: String, body: [UInt8], at now: Timestamp
    ) -> FaultAction? {
        for index in rules.indices
        where rules[index].take(endpoint, path: path, body: body, at: now) {
            return rules[index].action
        }
        return nil
    }

    var json: JSONValue {
        .array(
            rules.map { rule in
                var object = rule.source.object ?? JSONObject()
                object["uses"] = .integer(rule.uses)
                object["candidates"] = .integer(rule.candidates)
                return .object(object)
            })
    }
}
