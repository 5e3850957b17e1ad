package enum Unit: String, Sendable {
    case perSecond = "/s"
    case milliseconds = "ms"
    case seconds = "s"
    case kibibytes = "KiB"
    case mebibytes = "MiB"
    case gibibytes = "GiB"
    case events = "events"

    /// As many digits as a measurement of this kind is worth.
    package func text(_ value: Double) -> String {
        let digits =
            switch self {
            case .perSecond, .events: 0
            case .mebibytes, .gibibytes, .seconds: 1
            case .milliseconds, .kibibytes: 2
            }
        return Unit.decimal(value, digits: digits) + (self == .perSecond ? "" : " ") + rawValue
    }

    /// `12,345.67`
    package static func decimal(_ value: Double, digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((max(value, 0) * Double(scale)).rounded())
        var whole = String(scaled / scale)
        var groups: [String] = []
        while whole.count > 3 {
            groups.insert(String(whole.suffix(3)), at: 0)
            whole = String(whole.dropLast(3))
        }
        let front = ([whole] + groups).joined(separator: ",")
        guard digits > 0 else { return front }
        let rest = String(scaled % scale)
        return front + "." + String(repeating: "0", count: digits - rest.count) + rest
    }
}
