extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-11-20T09:14:03.120Z`.
    package var description: String {
        let (year, month, day) = Timestamp.civil(fromDay: dayNumber)
        let inDay = milliseconds - dayNumber * 86_400_000
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        let hour = inDay / 3_600_000
        let minute = inDay / 60_000 % 60
        let second = inDay / 1000 % 60
        return "\(date)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
            + ".\(padded(inDay % 1000, 3))Z"
    }

    /// Reads RFC 3339 with any offset and 0 to 9 fractional digits; `nil` for anything else.
    package init?(rfc3339 text: String) {
        var rest = Substring(text)
        guard let year = rest.number(digits: 4), rest.take("-"),
            let month = rest.number(digits: 2), rest.take("-"),
            let day = rest.number(digits: 2), rest.take("T") || rest.take("t") || rest.take(" "),
            let hour = rest.number(digits: 2), rest.take(":"),
            let minute = rest.number(digits: 2), rest.take(":"),
            let second = rest.number(digits: 2)
        else { return nil }
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        guard let fraction = rest.fractionalMilliseconds(), let offset = rest.offsetMinutes(),
            rest.isEmpty
        else { return nil }
        let days = Timestamp.day(year: year, month: month, day: day)
        guard Timestamp.civil(fromDay: days) == (year, month, day) else { return nil }
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
        self.init(milliseconds: seconds * 1000 + fraction)
    }

    /// Howard Hinnant's `days_from_civil`: proleptic Gregorian calendar, exact for all years.
    static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(fromDay number: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex + (monthIndex < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension Substring {
    fileprivate mutating func take(_ character: Character) -> Bool {
        guard first == character else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func number(digits: Int) -> Int64? {
        let taken = prefix(digits)
        guard taken.utf8.count == digits, taken.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        removeFirst(digits)
        return Int64(taken)
    }

    /// `.120` → 120; absent → 0; `nil` when a point is followed by no or more than nine digits.
    fileprivate mutating func fractionalMilliseconds() -> Int64? {
        guard take(".") else { return 0 }
        let digits = prefix { ("0"..."9").contains($0) }
        guard (1...9).contains(digits.utf8.count) else { return nil }
        removeFirst(digits.count)
        return Int64((digits + "00").prefix(3))
    }

    fileprivate mutating func offsetMinutes() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(digits: 2), take(":"), let minutes = number(digits: 2),
            hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
