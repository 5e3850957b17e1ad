import RelayCore
import RelayStore

/// Deliveries as lines; every page after the first lines up with it.
struct DeliveryTable {
    /// Ages are told from here.
    var now: Timestamp
    private var widths: [Int]?

    private static let columns: [Table.Column] = [
        .init("ID"), .init("AGE", right: true), .init("STATE"), .init("TRY", right: true),
        .init("HOOK", smallest: 8, keepsEnd: true), .init("TO", smallest: 8),
        .init("LAST", smallest: 6),
    ]
    /// Which of them gives way on a narrow screen: `show` has it, and ID leaves little room.
    private static let tryColumn = 3
    private static let narrowColumns = 100

    init(now: Timestamp) {
        self.now = now
    }

    mutating func show(_ records: [DeliveryRecord], on console: Console) throws {
        let table = table(records, columns: console.columns)
        let rendered = table.render(
            width: console.columns, colour: console.usesColour, header: widths == nil,
            widths: widths)
        widths = rendered.widths
        try console.lines(rendered.lines)
    }

    /// A table of its own.
    func lines(_ records: [DeliveryRecord], columns: Int?, colour: Bool) -> [String] {
        table(records, columns: columns).render(width: columns, colour: colour).lines
    }

    private func table(_ records: [DeliveryRecord], columns width: Int?) -> Table {
        let isNarrow = width.map { $0 < Self.narrowColumns } ?? false
        func shown<T>(_ all: [T]) -> [T] {
            guard isNarrow else { return all }
            return all.enumerated().filter { $0.offset != Self.tryColumn }.map(\.element)
        }
        var table = Table(shown(Self.columns))
        for record in records { table.add(shown(cells(record))) }
        return table
    }

    private func cells(_ record: DeliveryRecord) -> [Table.Cell] {
        [
            Table.Cell(record.id.description),
            Table.Cell(Words.age(of: record.receivedAt, at: now)),
            Table.Cell(record.state?.rawValue ?? "duplicate", .of(record.state)),
            Table.Cell(record.state == nil ? "" : String(record.attempts)),
            Table.Cell("\(record.source)/\(record.hook)"),
            Table.Cell(record.destination ?? ""),
            Table.Cell(last(record), record.errorClass == nil ? .plain : .red),
        ]
    }

    /// Status and class first: they survive a narrow screen.
    private func last(_ record: DeliveryRecord) -> String {
        if let first = record.duplicateOf { return "of \(first)" }
        let status = record.lastStatus.map(String.init)
        let front = [status, record.errorClass].compactMap { $0 }.joined(separator: " ")
        guard let words = record.lastError, !words.isEmpty else { return front }
        return front.isEmpty ? words : "\(front): \(words)"
    }
}
