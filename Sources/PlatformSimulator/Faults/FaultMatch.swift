import RelayCore

/// Which requests a rule means. Everything that is set must hold.
struct FaultMatch: Sendable {
    var endpoint: Endpoint?
    var inletID: String?
    /// Text that stands somewhere in the body.
    var contains: [UInt8]?
    /// Only the nth request that matches otherwise, from 1.
    var nth: Int?
    /// Every so-manieth request that matches otherwise.
    var every: Int?
    var probability: Double?
    var from: Timestamp?
    var until: Timestamp?

    /// All but counting and chance, which must see only requests that pass this.
    func passes(
        _ endpoint: Endpoint, path: String, body: [UInt8], at now: Timestamp
    ) -> Bool {
        if let wanted = self.endpoint, wanted != endpoint { return false }
        if let inletID, !path.hasSuffix(inletID) { return false }
        if let from, now < from { return false }
        if let until, now >= until { return false }
        if let contains, !body.contains(sequence: contains) { return false }
        return true
    }
}

extension [UInt8] {
    /// Looks for the first byte and compares from there: bodies are short and needles are words.
    func contains(sequence needle: [UInt8]) -> Bool {
        guard let first = needle.first else { return true }
        guard count >= needle.count else { return false }
        for start in 0...(count - needle.count) where self[start] == first {
            if self[start..<start + needle.count].elementsEqual(needle) { return true }
        }
        return false
    }
}
