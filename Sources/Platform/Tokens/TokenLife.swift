package import RelayCore

/// `expires_in`: seconds by the standard, milliseconds from Adobe's older endpoints, a string from
/// some gateways.
package enum TokenLife {
    /// Adobe's tokens live a day. Seconds beyond ten days (864,000) can only be milliseconds; as
    /// such they begin at 14 minutes, and no endpoint gives less in that unit.
    private static let secondsLimit: Double = 864_000
    /// When the answer does not say. A token that dies earlier is renewed by the 401 it causes.
    private static let assumedMs: Int64 = 3_600_000
    private static let limitMs: Double = 30 * 86_400_000

    /// nil for what is present but is no positive number.
    package static func milliseconds(expiresIn value: JSONValue?) -> Int64? {
        guard let value, !value.isNull else { return assumedMs }
        guard let number = number(value), number > 0 else { return nil }
        let lifeMs = number > secondsLimit ? number : number * 1000
        return Int64(min(lifeMs, limitMs))
    }

    private static func number(_ value: JSONValue) -> Double? {
        value.string.flatMap { Double($0) } ?? value.double
    }
}
