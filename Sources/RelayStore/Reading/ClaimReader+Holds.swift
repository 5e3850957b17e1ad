package import RelayCore
import SQLite

/// The operator's word on the destinations.
package struct OperatorWord: Sendable, Equatable {
    /// Held destinations, each with the end of its hold; nil: until released.
    package var holds: [Int64: Timestamp?] = [:]
    /// When each destination was last released, as an opaque mark.
    package var releases: [Int64: String] = [:]

    package init() {}
}

extension ClaimReader {
    package func operatorWord(now: Timestamp) throws -> OperatorWord {
        var word = OperatorWord()
        let holds = try connection.statement(
            "SELECT destination, until_ms FROM holds WHERE until_ms IS NULL OR until_ms > ?1")
        defer { holds.reset() }
        try holds.bind(1, now.milliseconds)
        while try holds.step() {
            word.holds[holds.int64(0)] = .some(
                holds.optionalInt64(1).map(Timestamp.init(milliseconds:)))
        }
        let releases = try connection.statement(
            "SELECT substr(key, 10), value FROM meta WHERE key BETWEEN 'released/' AND 'released0'")
        defer { releases.reset() }
        while try releases.step() {
            guard let destination = Int64(releases.text(0)) else { continue }
            word.releases[destination] = releases.text(1)
        }
        return word
    }
}
