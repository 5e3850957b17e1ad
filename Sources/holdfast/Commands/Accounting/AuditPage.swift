import RelayCore
import RelayStore

/// `audit` for people.
struct AuditPage {
    private static let finals: [DeliveryState] = [.delivered, .dead, .discarded, .expired]

    let report: AuditReport
    let console: Console

    func show() throws {
        if report.lines.isEmpty {
            try console.line("nothing was accepted in that time")
        } else {
            try showLines()
            try console.line()
        }
        try showEquation()
    }

    private func showLines() throws {
        var table = Table([
            .init("DAY"), .init("SOURCE", smallest: 6), .init("TO", smallest: 6),
            .init("ACCEPTED", right: true), .init("WAITING", right: true),
            .init("DELIVERED", right: true), .init("DEAD", right: true),
            .init("DISC", right: true), .init("EXP", right: true), .init("DUP", right: true),
        ])
        for line in report.lines {
            table.add(
                [Table.Cell(line.day), Table.Cell(line.source), Table.Cell(line.destination)]
                    + numbers(line.terms))
        }
        try console.lines(
            table.render(width: console.columns, colour: console.usesColour).lines)
    }

    private func numbers(_ terms: AuditTerms) -> [Table.Cell] {
        let waiting = terms.states[.queued] + terms.states[.inflight] + terms.states[.held]
        let values =
            [terms.accepted, waiting] + Self.finals.map { terms.states[$0] } + [terms.duplicates]
        return values.map { Table.Cell($0 == 0 ? "." : Words.count($0)) }
    }

    func showEquation() throws {
        let total = report.total
        try fact("accepted", total.accepted)
        for state in DeliveryState.allCases {
            try fact(state == .inflight ? "in flight" : state.rawValue, total.states[state])
        }
        try fact("duplicates", total.duplicates)
        let word = console.styled(
            report.isBalanced ? "balanced" : "NOT BALANCED", report.isBalanced ? .green : .red)
        let pruned =
            total.pruned > 0
            ? " (\(Words.count(total.pruned)) final rows are pruned and still counted)" : ""
        let off = total.difference == 0 ? "" : ": difference \(Words.count(total.difference))"
        try console.line(word + off + pruned)
        for difference in report.differences { try console.line(words(difference)) }
        for loss in report.losses { try console.line(words(loss)) }
    }

    private func fact(_ name: String, _ count: Int64) throws {
        let sign = name == "accepted" ? " " : name == "queued" ? "=" : "+"
        let label = DisplayText.padded("\(sign) \(name)", to: 14)
        try console.line(label + DisplayText.padded(Words.count(count), to: 14, right: true))
    }

    private func words(_ loss: KnownLoss) -> String {
        let after = loss.receivedAfter.map { "after \($0) and " } ?? ""
        let found = loss.foundAt.map { "found missing at \($0)" } ?? "not in the store as it lies"
        return "  at least \(Words.count(loss.deliveries)) acknowledged deliveries are missing, "
            + "received \(after)until \(loss.receivedUntil): \(found)"
    }

    private func words(_ difference: AuditReport.Difference) -> String {
        let source = difference.source.map { "\($0) " } ?? ""
        let place = DisplayText.harmless("\(source)to \(difference.destination)")
        return "  \(difference.day) \(place): \(difference.term) should be "
            + "\(Words.count(difference.expected)) by the totals, the tables hold "
            + Words.count(difference.found)
    }
}
