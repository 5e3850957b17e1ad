import RelayCore
import RelayStore

/// `status` for people.
struct StatusPage {
    let status: StoreStatus
    let console: Console

    func show() throws {
        try showCounts()
        try console.line()
        let oldest = status.oldestReceivedAt.map { Words.age(of: $0, at: status.at) } ?? "-"
        try console.line(
            "oldest waiting \(oldest), arrivals \(Words.rate(status.arrivalsPerSecond))/s, "
                + "deliveries \(Words.rate(status.deliveriesPerSecond))/s")
        if let disk = status.disk, disk.isReserveReached {
            try console.line(
                "the disk reserve is reached: \(Words.bytes(Int(disk.freeBytes))) free of "
                    + "\(Words.bytes(Int(disk.reserveBytes))) kept; new events are refused")
        }
        if status.missing > 0 {
            try console.line(
                console.styled(
                    "at least \(Words.count(status.missing)) acknowledged deliveries are missing: "
                        + "see 'holdfast audit'", .red))
        }
        guard !status.destinations.isEmpty else {
            try console.line("no destination yet")
            return
        }
        try console.line()
        try showDestinations()
    }

    private func showCounts() throws {
        var table = Table(
            DeliveryState.allCases.map { .init($0.rawValue.uppercased(), right: true) })
        table.add(
            DeliveryState.allCases.map { state in
                let count = status.counts[state]
                return Table.Cell(Words.count(count), count == 0 ? .dim : .of(state))
            })
        try console.lines(render(table))
    }

    private func showDestinations() throws {
        var table = Table([
            .init("DESTINATION", smallest: 10), .init("GATE", smallest: 12),
            .init("OUT", right: true), .init("WAITING", right: true),
            .init("OLDEST", right: true),
            .init("DEAD", right: true), .init("LAST ERROR", smallest: 12),
        ])
        for destination in status.destinations {
            let counts = destination.counts
            let waiting = counts[.queued] + counts[.held] + counts[.inflight]
            let oldest = destination.oldestReceivedAt.map { Words.age(of: $0, at: status.at) }
            table.add([
                Table.Cell(destination.name),
                Table.Cell(gate(destination), .of(gate: destination.state)),
                Table.Cell(out(destination)), Table.Cell(Words.count(waiting)),
                Table.Cell(oldest ?? "-"),
                Table.Cell(Words.count(counts[.dead]), counts[.dead] == 0 ? .plain : .red),
                Table.Cell(lastError(destination)),
            ])
        }
        try console.lines(render(table))
    }

    /// Requests in flight, of those that may be: `3/8`.
    private func out(_ destination: DestinationStatus) -> String {
        guard let gate = destination.gate,
            let inFlight = destination.requestsInFlight(at: status.at)
        else { return "-" }
        return "\(inFlight)/\(gate.window)"
    }

    private func gate(_ destination: DestinationStatus) -> String {
        if let hold = destination.hold {
            let until = hold.until.map { " " + Words.wait(until: $0, at: status.at) } ?? ""
            let reason = hold.reason.isEmpty ? "" : " (\(hold.reason))"
            let end = until.isEmpty ? "" : ", resumes" + until
            return "held" + end + reason
        }
        let until = destination.gate?.until.map {
            ", next try " + Words.wait(until: $0, at: status.at)
        }
        let token = destination.gate?.tokenExpiresAt.map { ", token " + tokenLife($0) }
        return destination.state + (until ?? "") + (token ?? "")
    }

    private func tokenLife(_ end: Timestamp) -> String {
        let seconds = end.millisecondsSince(status.at) / 1000
        return seconds > 0 ? "for \(Words.age(seconds: seconds))" : "has ended"
    }

    private func lastError(_ destination: DestinationStatus) -> String {
        guard let gate = destination.gate, let words = gate.lastError else { return "" }
        guard let at = gate.lastErrorAt else { return words }
        return "\(Words.age(of: at, at: status.at)) ago: \(words)"
    }

    private func render(_ table: Table) -> [String] {
        table.render(width: console.columns, colour: console.usesColour).lines
    }
}
