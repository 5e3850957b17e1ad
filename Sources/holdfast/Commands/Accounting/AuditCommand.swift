import RelayCore
import RelayStore

/// The conservation account.
enum AuditCommand: Command {
    static let description = CommandDescription(
        name: "audit",
        summary: "proves that nothing was lost, by day, source and destination",
        options: [
            OptionDescription("since", value: "T", "days from the one of T on; all by default"),
            .json,
        ] + OptionDescription.store,
        details: [
            "accepted = queued + in flight + held + delivered + dead + discarded + expired + "
                + "duplicates, by day of receipt (UTC), source and destination. The running "
                + "totals, which survive pruning and erasure, are compared with the rows of the "
                + "tables in one snapshot. An event with two destinations counts for each.",
            "Events that are not in the store any more, because its log was cut or the disk lied, "
                + "are named as missing: no account over their day balances.",
            "Exit code 1 says that it does not balance, and where. T is RFC 3339 or a span back "
                + "from now (90s, 15m, 24h, 7d).",
        ],
        examples: [
            .init("holdfast audit --db sandbox/holdfast.db", "everything"),
            .init("holdfast audit --since 7d --json | jq .balanced", "for a monitor"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let since = try OptionReader(invocation: invocation, now: context.now).time("since")
        let reader = try StoreLocation.openReader(invocation, in: context)
        defer { reader.close() }
        let report = try reader.audit(since: since, now: context.now)
        if reader.lacksLog(report) {
            context.console.message(
                "the log of the last run is not there, or empty: if you have it, put it back")
        }
        if invocation.has("json") {
            try context.console.json(report.json)
        } else {
            try AuditPage(report: report, console: context.console).show()
        }
        return report.isBalanced ? .done : .failed
    }
}
