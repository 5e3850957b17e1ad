import RelayCore

/// The three ways to write a date in HTTP (RFC 9110 section 5.6.7):
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
/// The name of the day is not compared with the date.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// - Parameter now: tells the century of a two-digit year: never over 50 years ahead.
    static func read(_ text: String, now: Timestamp) -> Timestamp? {
        let words = text.split(separator: " ").map(String.init)
        switch words.count {
        case 6 where words[0].hasSuffix(",") && words[5] == "GMT":
            return timestamp(year: words[3], month: words[2], day: words[1], time: words[4])
        case 4 where words[0].hasSuffix(",") && words[3] == "GMT":
            let parts = words[1].split(separator: "-").map(String.init)
            guard parts.count == 3, parts[2].utf8.count == 2, let digits = Int(parts[2]) else {
                return nil
            }
            let year = String(Self.year(endingIn: digits, now: now))
            return timestamp(year: year, month: parts[1], day: parts[0], time: words[2])
        case 5:
            return timestamp(year: words[4], month: words[1], day: words[2], time: words[3])
        default:
            return nil
        }
    }

    private static func timestamp(
        year: String, month: String, day: String, time: String
    ) -> Timestamp? {
        guard let month = months.firstIndex(of: month), !time.contains("."),
            (1...2).contains(day.utf8.count)
        else { return nil }
        let padding = month < 9 ? "0" : ""
        let paddedDay = day.utf8.count == 1 ? "0\(day)" : day
        return Timestamp(rfc3339: "\(year)-\(padding)\(month + 1)-\(paddedDay)T\(time)Z")
    }

    private static func year(endingIn digits: Int, now: Timestamp) -> Int {
        let thisYear = Int(now.description.prefix(4)) ?? 2000
        let year = thisYear - thisYear % 100 + digits
        return year > thisYear + 50 ? year - 100 : year
    }
}
