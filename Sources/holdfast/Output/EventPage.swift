import RelayCore
import RelayStore
import Signing

/// One event on a screen.
struct EventPage {
    let event: EventDetail
    let console: Console
    let now: Timestamp

    func showReceipt() throws {
        try fact("id", event.id.description)
        try fact("from", "\(event.source)/\(event.hook)")
        try fact("received", "\(event.receivedAt) (\(age(event.receivedAt)) ago)")
        if event.erasedAt == nil { try fact("address", event.remoteAddress) }
        if let query = event.query { try fact("query", query) }
        if let lane = event.lane { try fact("lane", lane) }
        if let deliveryID = event.deliveryID { try fact("sender's id", deliveryID) }
        try showBodyFacts()
        if let first = event.duplicateOf { try fact("repeats", first.description) }
        if event.duplicates > 0 { try fact("repeated", "\(event.duplicates) times") }
    }

    private func showBodyFacts() throws {
        if let erasedAt = event.erasedAt {
            try fact("erased", "\(erasedAt) (\(age(erasedAt)) ago)")
            return try fact(
                "", "body, headers, query, address, lane, sender's id, destinations' words")
        }
        let kind = event.isParsable ? "" : ", not JSON"
        try fact("body", "\(Words.bytes(event.bytes))\(kind)")
        try fact("sha256", Hex.encode(event.sha256))
    }

    /// - Parameter isFirst: nothing was shown before.
    func showDeliveries(isFirst: Bool = false) throws {
        for (index, delivery) in event.deliveries.enumerated() {
            let record = delivery.record
            let state = console.styled(record.state?.rawValue ?? "", .of(record.state))
            if index > 0 || !isFirst { try console.line() }
            try console.line("to \(DisplayText.harmless(record.destination ?? "")): \(state)")
            if let dueAt = record.dueAt {
                try fact("due", "\(dueAt) (\(Words.wait(until: dueAt, at: now)))")
            }
            if let finishedAt = record.finishedAt {
                try fact("finished", "\(finishedAt) (\(age(finishedAt)) ago)")
            }
            if let tracer = record.tracer { try fact("tracer", tracer) }
            if let words = record.lastError, !words.isEmpty { try fact("because", words) }
            try showHistory(delivery.history)
        }
    }

    private func showHistory(_ history: [EventDetail.HistoryEntry]) throws {
        guard !history.isEmpty else { return }
        var table = Table([
            .init("  TRY", right: true), .init("STARTED"), .init("TOOK", right: true),
            .init("STATUS", right: true), .init("ERROR"), .init("ANSWER", smallest: 10),
        ])
        for entry in history {
            let attempt = entry.attempt
            table.add([
                Table.Cell(String(entry.number)), Table.Cell(attempt.startedAt.description),
                Table.Cell("\(attempt.durationMs) ms"),
                Table.Cell(attempt.status.map(String.init) ?? "-"),
                Table.Cell(
                    attempt.errorClass?.rawValue ?? "", attempt.errorClass == nil ? .plain : .red),
                Table.Cell(attempt.message ?? attempt.tracer ?? ""),
            ])
        }
        try console.lines(
            table.render(width: console.columns, colour: console.usesColour).lines)
    }

    func showHeaders() throws {
        guard !event.headers.isEmpty else { return }
        try console.line()
        for header in event.headers {
            let name = console.styled(DisplayText.harmless(header.name), .dim)
            try console.line("\(name): \(DisplayText.harmless(header.value))")
        }
    }

    /// For a person: laid out when it is JSON; harmless either way, since JSON text may hold any
    /// character above the control range.
    func showBody() throws {
        try console.line()
        let bytes = (try? JSONValue.parse(event.body))?.prettyPrinted() ?? event.body
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            try console.line(DisplayText.harmless(String(decoding: line, as: UTF8.self)))
        }
    }

    private func fact(_ name: String, _ value: String) throws {
        let label = console.styled(DisplayText.padded(name, to: 12), .dim)
        try console.line(label + DisplayText.harmless(value))
    }

    private func age(_ time: Timestamp) -> String { Words.age(of: time, at: now) }
}
