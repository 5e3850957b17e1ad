import RelayCore
import RelayStore

/// The filters of a command line as the store understands them.
struct FilterOptions {
    var filter: DeliveryFilter
    /// Nil: as many as there are.
    let limit: Int?
    let isAll: Bool

    /// - Parameter readIDs: what stands on standard input, read only for `--id -`.
    init(
        _ invocation: Invocation, now: Timestamp, defaultLimit: Int?,
        readInput: () -> [UInt8]?
    ) throws(UsageError) {
        let reader = OptionReader(invocation: invocation, now: now)
        var filter = DeliveryFilter()
        filter.states = Set(invocation.values("state").compactMap(DeliveryState.init(rawValue:)))
        filter.sources = Set(invocation.values("source"))
        filter.hooks = Set(invocation.values("hook"))
        filter.destinations = Set(invocation.values("destination"))
        filter.since = try reader.time("since")
        filter.until = try reader.time("until")
        if let span = try reader.span("older-than") {
            let time = now.adding(ms: -span.milliseconds)
            filter.until = min(filter.until ?? time, time)
        }
        if let since = filter.since, let until = filter.until, since >= until {
            throw reader.error(
                "nothing lies between \(since) (--since) and \(until) (--until, --older-than)")
        }
        for text in invocation.values("status") {
            guard let status = Int(text), (100...999).contains(status) else {
                throw reader.error("--status needs an HTTP status, not \"\(text)\"")
            }
            filter.statuses.insert(status)
        }
        filter.errorClasses = Set(
            invocation.values("error").compactMap(ErrorClass.init(rawValue:)))
        filter.contains = invocation.values("contains").map { Array($0.utf8) }
        // Every body holds it: an empty variable of a script must not stand for --all.
        if filter.contains.contains([]) { throw reader.error("--contains needs a text") }
        filter.matches = try reader.matches()
        filter.ignoresCase = invocation.has("ignore-case")
        if filter.ignoresCase, filter.contains.isEmpty, filter.matches.isEmpty {
            throw reader.error("--ignore-case goes with --contains or --match")
        }
        filter.ids = try reader.ids(readInput)
        self.filter = filter
        isAll = invocation.has("all")
        let given = try reader.number("limit", in: 1...Int.max)
        if isAll, given != nil { throw reader.error("--all and --limit exclude each other") }
        limit = given ?? (isAll ? nil : defaultLimit)
    }
}
