import RelayCore

/// What the simulator has seen since its start or the last reset. Never bounded, never pruned.
package struct SimulatorCounters: Sendable, Equatable {
    /// By endpoint, as named in fault rules.
    package internal(set) var requests: [Endpoint: Int] = [:]
    package internal(set) var responses: [Int: Int] = [:]
    package internal(set) var accepted = 0
    package internal(set) var acceptedBytes = 0
    package internal(set) var lake = 0
    package internal(set) var profile = 0
    /// Lake rows whose `_id` the Profile store already held.
    package internal(set) var duplicates = 0
    package internal(set) var overProfileLimit = 0
    package internal(set) var lost = 0
    package internal(set) var unrouted = 0
    package internal(set) var failed = 0
    /// Elements of batches that were answered with an error.
    package internal(set) var refusedElements = 0
    package internal(set) var tokensIssued = 0
    package internal(set) var faultsApplied = 0

    package init() {}

    var json: JSONValue {
        let requests = requests.sorted { $0.key.rawValue < $1.key.rawValue }
        let responses = responses.sorted { $0.key < $1.key }
        return [
            "requests": .counts(requests.map { ($0.key.rawValue, $0.value) }),
            "responses": .counts(responses.map { (String($0.key), $0.value) }),
            "accepted": .integer(accepted), "acceptedBytes": .integer(acceptedBytes),
            "lake": .integer(lake), "profile": .integer(profile),
            "duplicates": .integer(duplicates), "overProfileLimit": .integer(overProfileLimit),
            "lost": .integer(lost), "unrouted": .integer(unrouted), "failed": .integer(failed),
            "refusedElements": .integer(refusedElements),
            "tokensIssued": .integer(tokensIssued), "faultsApplied": .integer(faultsApplied),
        ]
    }
}

extension JSONValue {
    fileprivate static func counts(_ pairs: [(String, Int)]) -> JSONValue {
        .object(JSONObject(pairs.map { JSONObject.Member(key: $0.0, value: .integer($0.1)) }))
    }
}
