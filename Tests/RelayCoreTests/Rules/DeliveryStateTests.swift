import Foundation
import RelayCore
import Testing

/// Every state meets every event; ARCHITECTURE.md has the same table.
@Suite struct DeliveryStateTests {
    private struct Row: Hashable {
        let from: DeliveryState
        let event: DeliveryEvent
        let to: DeliveryState
    }

    private static func documented() throws -> Set<Row> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(
            contentsOf: root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
        var rows: Set<Row> = []
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let words = line.split(separator: "`").map(String.init)
            guard words.count >= 6, let from = DeliveryState(rawValue: words[1]),
                let event = DeliveryEvent(rawValue: words[3]),
                let to = DeliveryState(rawValue: words[5])
            else { continue }
            rows.insert(Row(from: from, event: event, to: to))
        }
        return rows
    }

    @Test func `every pair of state and event does what ARCHITECTURE says`() throws {
        let documented = try Self.documented()
        #expect(documented.count == 17)
        for state in DeliveryState.allCases {
            for event in DeliveryEvent.allCases {
                let expected = documented.first { $0.from == state && $0.event == event }?.to
                #expect(state.after(event) == expected, "\(state) and \(event)")
            }
        }
    }

    @Test func `a final state is left only by the operator`() {
        for state in DeliveryState.allCases where state.isFinal {
            for event in DeliveryEvent.allCases where state.after(event) != nil {
                #expect(event == .replay || event == .discard)
            }
        }
    }
}
