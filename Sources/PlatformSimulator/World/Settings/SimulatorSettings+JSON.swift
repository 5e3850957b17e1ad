import RelayCore

/// The settings as members of one JSON object, by their own names.
extension SimulatorSettings {
    private typealias Number = (String, any WritableKeyPath<SimulatorSettings, Int> & Sendable)
    private typealias Flag = (String, any WritableKeyPath<SimulatorSettings, Bool> & Sendable)

    private static let numbers: [Number] = [
        ("bodyLimitBytes", \.bodyLimitBytes), ("enableDelayMs", \.enableDelayMs),
        ("ratePerSecond", \.ratePerSecond), ("syncRatePerMinute", \.syncRatePerMinute),
        ("retryAfterSeconds", \.retryAfterSeconds), ("responseCountSkew", \.responseCountSkew),
        ("unknownInletStatus", \.unknownInletStatus),
        ("refusedTokenStatus", \.refusedTokenStatus),
        ("refusedSignatureStatus", \.refusedSignatureStatus),
        ("profileLimitBytes", \.profileLimitBytes), ("tokenLifeSeconds", \.tokenLifeSeconds),
        ("invalidClientStatus", \.invalidClientStatus), ("tokensPerMinute", \.tokensPerMinute),
        ("keptRecords", \.keptRecords), ("keptBodyBytes", \.keptBodyBytes),
        ("keptProfileIDs", \.keptProfileIDs), ("keptFailures", \.keptFailures),
    ]

    private static let flags: [Flag] = [
        ("requiresSandboxName", \.requiresSandboxName),
        ("reportsLifeInMilliseconds", \.reportsLifeInMilliseconds),
    ]

    mutating func apply(_ value: JSONValue) throws(ControlError) {
        var fields = try Fields(value, path: "settings")
        for (name, path) in Self.numbers {
            let range = name == "responseCountSkew" ? -1000...1000 : 0...Int(Int32.max)
            if let number = try fields.integer(name, in: range) { self[keyPath: path] = number }
        }
        for (name, path) in Self.flags {
            if let flag = try fields.flag(name) { self[keyPath: path] = flag }
        }
        dialect = try fields.choice("dialect", Dialect.self) ?? dialect
        unknownFlow = try fields.choice("unknownFlow", UnknownFlow.self) ?? unknownFlow
        missingAttribute =
            try fields.choice("missingAttribute", MissingAttribute.self) ?? missingAttribute
        region = try fields.text("region") ?? region
        // An empty list lets everybody in again.
        if let addresses = try fields.texts("allowedAddresses") {
            allowedAddresses = addresses.isEmpty ? nil : addresses
        }
        try fields.finish()
    }

    var json: JSONValue {
        var object = JSONObject()
        for (name, path) in Self.numbers { object[name] = .integer(self[keyPath: path]) }
        for (name, path) in Self.flags { object[name] = .bool(self[keyPath: path]) }
        object["dialect"] = .string(dialect.rawValue)
        object["unknownFlow"] = .string(unknownFlow.rawValue)
        object["missingAttribute"] = .string(missingAttribute.rawValue)
        object["region"] = .string(region)
        object["allowedAddresses"] = .array((allowedAddresses ?? []).map(JSONValue.string))
        return .object(object)
    }
}
