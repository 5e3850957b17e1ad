import RelayCore
import RelayStore

/// Prints what `tail` finds; lines stay aligned from the first on.
struct TailLines {
    private let console: Console
    private let isJSON: Bool
    private var table: DeliveryTable?

    init(console: Console, isJSON: Bool) {
        self.console = console
        self.isJSON = isJSON
    }

    mutating func show(_ records: [DeliveryRecord], now: Timestamp) throws {
        guard !records.isEmpty else { return }
        if isJSON {
            for record in records { try console.json(record.json) }
            return
        }
        var table = self.table ?? DeliveryTable(now: now)
        table.now = now
        try table.show(records, on: console)
        self.table = table
    }
}
