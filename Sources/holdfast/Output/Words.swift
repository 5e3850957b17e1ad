import RelayCore

/// Numbers as operators read them.
enum Words {
    /// One unit is enough: `3s`, `5m`, `2h`, `4d`.
    static func age(seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(max(0, seconds))s"
        case ..<3600: "\(seconds / 60)m"
        case ..<86_400: "\(seconds / 3600)h"
        default: "\(seconds / 86_400)d"
        }
    }

    static func age(of time: Timestamp, at now: Timestamp) -> String {
        age(seconds: now.millisecondsSince(time) / 1000)
    }

    /// For a time to come: `in 5m`, or `now`.
    static func wait(until time: Timestamp, at now: Timestamp) -> String {
        let seconds = (time.millisecondsSince(now) + 999) / 1000
        return seconds > 0 ? "in " + age(seconds: seconds) : "now"
    }

    /// How long something still takes: two units, so that an hour is not all the same.
    static func duration(seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(max(0, seconds))s"
        case ..<3600: "\(seconds / 60)m \(seconds % 60)s"
        case ..<86_400: "\(seconds / 3600)h \(seconds % 3600 / 60)m"
        default: "\(seconds / 86_400)d \(seconds % 86_400 / 3600)h"
        }
    }

    static func deliveries(_ count: Int) -> String {
        plural(Int64(count), "delivery", "deliveries")
    }

    static func events(_ count: Int) -> String { plural(Int64(count), "event") }

    /// Thousands apart: `1,234,567`.
    static func count(_ number: Int64) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits = String(digits.dropLast(3))
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    static func rate(_ perSecond: Double) -> String {
        if perSecond >= 100 { return count(Int64(perSecond.rounded())) }
        let tenths = Int64((perSecond * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    static func bytes(_ count: Int) -> String {
        switch count {
        case ..<1024: "\(count) B"
        case ..<1_048_576: "\(count / 1024) KiB"
        default: "\(count / 1_048_576) MiB"
        }
    }

    static func plural(_ count: Int64, _ one: String, _ many: String? = nil) -> String {
        "\(Self.count(count)) \(count == 1 ? one : many ?? one + "s")"
    }
}
