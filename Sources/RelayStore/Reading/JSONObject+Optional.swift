package import RelayCore

/// Absent is absent, not null.
extension JSONObject {
    package mutating func append(_ key: String, _ text: String?) {
        guard let text else { return }
        append(key, JSONValue.string(text))
    }

    package mutating func append(_ key: String, _ number: Int?) {
        guard let number else { return }
        append(key, JSONValue.integer(number))
    }

    package mutating func append(_ key: String, _ time: Timestamp?) {
        append(key, time?.description)
    }
}
