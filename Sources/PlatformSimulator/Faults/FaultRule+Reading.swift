import RelayCore

/// Rules as they are written in JSON.
extension FaultRule {
    static func list(_ value: JSONValue, now: Timestamp) throws(ControlError) -> [FaultRule] {
        let listed = value.array ?? value["faults"]?.array ?? [value]
        var rules: [FaultRule] = []
        for (index, element) in listed.enumerated() {
            rules.append(try FaultRule(element, path: "faults[\(index)]", now: now))
        }
        return rules
    }

    init(_ value: JSONValue, path: String, now: Timestamp) throws(ControlError) {
        var fields = try Fields(value, path: path)
        var seed: UInt64 = 1
        let match = try fields.object("match").map { match throws(ControlError) in
            try FaultMatch(match, now: now, seed: &seed)
        }
        guard let action = try fields.object("action") else {
            throw ControlError("\(path).action: is missing")
        }
        let times = try fields.integer("times", in: 1...Int(Int32.max))
        try fields.finish()
        self.init(
            match: match ?? FaultMatch(), action: try FaultAction(action), times: times, seed: seed,
            source: value)
    }
}

extension FaultMatch {
    init(_ fields: Fields, now: Timestamp, seed: inout UInt64) throws(ControlError) {
        var fields = fields
        self.init()
        endpoint = try fields.choice("endpoint", Endpoint.self)
        inletID = try fields.text("inlet")
        contains = try fields.text("contains").map { Array($0.utf8) }
        nth = try fields.integer("nth", in: 1...Int(Int32.max))
        every = try fields.integer("every", in: 1...Int(Int32.max))
        probability = try fields.fraction("probability")
        if let given = try fields.integer("seed") { seed = UInt64(given) }
        from = try fields.moment("from", now: now)
        until = try fields.moment("until", now: now)
        try fields.finish()
    }
}

extension Fields {
    /// RFC 3339, milliseconds since 1970, or a span from now.
    mutating func moment(_ key: String, now: Timestamp) throws(ControlError) -> Timestamp? {
        guard let value = value(key) else { return nil }
        if let milliseconds = value.int64 { return Timestamp(milliseconds: milliseconds) }
        if let text = value.string {
            if let span = RelayCore.Span(text) { return now.adding(ms: span.milliseconds) }
            if let moment = Timestamp(rfc3339: text) { return moment }
        }
        throw ControlError(
            "\(path).\(key): must be RFC 3339, milliseconds since 1970 or a span such as 30s")
    }

    /// A string as it stands; anything else as JSON.
    mutating func bodyBytes(_ key: String) -> [UInt8]? {
        guard let value = value(key) else { return nil }
        return value.string.map { Array($0.utf8) } ?? value.serialized()
    }

    mutating func headerLines(_ key: String) throws(ControlError) -> [(String, String)] {
        guard let value = value(key) else { return [] }
        guard let object = value.object else {
            throw ControlError("\(path).\(key): must be an object")
        }
        return object.members.map { ($0.key, $0.value.string ?? $0.value.description) }
    }
}
