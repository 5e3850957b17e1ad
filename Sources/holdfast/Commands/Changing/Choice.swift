import RelayCore
import RelayStore

/// The deliveries a filter chose, as they were when they were counted. A change works on exactly
/// these, oldest event first.
struct Choice {
    static let sampleCount = 5

    private(set) var deliveries: [ChosenDelivery] = []
    private(set) var sample: [DeliveryRecord] = []
    private var states: [DeliveryState: Int64] = [:]
    private var destinations: [String: Int64] = [:]

    init(
        _ options: FilterOptions, reader: StoreReader, context: CommandContext,
        keeps: (DeliveryRecord, ChosenDelivery) throws -> Bool = { _, _ in true }
    ) throws {
        let look = LookLine(context)
        var found = 0
        try reader.list(
            options.filter, limit: options.limit, now: context.now,
            passing: { look.show(backTo: $0, found: found) }
        ) { records in
            for record in records {
                guard let delivery = ChosenDelivery(record), try keeps(record, delivery) else {
                    continue
                }
                add(record, delivery)
                found += 1
            }
            return true
        }
        look.end()
        deliveries.reverse()
    }

    private mutating func add(_ record: DeliveryRecord, _ delivery: ChosenDelivery) {
        deliveries.append(delivery)
        states[delivery.state, default: 0] += 1
        destinations[record.destination ?? "", default: 0] += 1
        if sample.count < Self.sampleCount { sample.append(record) }
    }

    var isEmpty: Bool { deliveries.isEmpty }
    var count: Int { deliveries.count }

    /// `12 deliveries (10 dead, 2 expired) to platform`.
    var words: String {
        let parts = DeliveryState.allCases.compactMap { state in
            states[state].map { "\(Words.count($0)) \(state.rawValue)" }
        }
        let names = destinations.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        let shown = names.prefix(3).map(DisplayText.harmless).joined(separator: ", ")
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return "\(Words.deliveries(count)) (\(parts.joined(separator: ", "))) to \(shown)\(more)"
    }

    /// The newest few as a table.
    func sampleLines(_ context: CommandContext, columns: Int?, colour: Bool) -> [String] {
        var lines = DeliveryTable(now: context.now).lines(sample, columns: columns, colour: colour)
        if count > sample.count {
            lines.append("... and \(Words.count(Int64(count - sample.count))) more")
        }
        return lines
    }
}
