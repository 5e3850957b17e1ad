import PlatformSimulator
import RelayCore
import Testing

/// What happens to the connection, end to end: nothing may be lost, and what lands twice does so
/// under one id.
struct ConnectionFaultTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let action: JSONValue
        /// Whether the fault hides that the message has landed; nil where a slow machine could
        /// make healthy requests time out as well.
        let repeats: Bool?
        /// Long, unless the fault is made of waiting.
        var timeoutMs = 30_000
        var batch = 1

        var testDescription: String { "\(action.description), \(batch) a request" }
    }

    private static let kinds = [
        Row(action: ["reset": "before"], repeats: false),
        Row(action: ["reset": "after"], repeats: true),
        Row(action: ["truncate": 12], repeats: true),
        Row(action: ["garbage": "wire"], repeats: true),
        Row(action: ["garbage": "body"], repeats: true),
        Row(action: ["drip": 1], repeats: true, timeoutMs: 500),
        Row(action: ["hang": "before"], repeats: nil, timeoutMs: 500),
        Row(action: ["hang": "after"], repeats: true, timeoutMs: 500),
    ]

    private static var rows: [Row] {
        kinds
            + kinds.map { row in
                var row = row
                row.batch = 5
                return row
            }
    }

    @Test(arguments: rows)
    func `everything arrives in spite of it`(row: Row) throws {
        let scene = try DeliveryScene(
            .init(batch: row.batch, timeoutMs: row.timeoutMs, window: 2))
        try scene.simulator.script([
            "match": ["every": 3], "action": row.action, "times": 3,
        ])
        let numbers = scene.accept(40)
        try scene.start()
        scene.wait(\.faultsApplied, 3)
        try scene.expectEverything(numbers)
        let duplicates = scene.simulator.counters.duplicates
        if let repeats = row.repeats { #expect((duplicates > 0) == repeats) }
    }

    @Test func `a destination that only resets is left alone and then gets everything`() throws {
        let scene = try DeliveryScene()
        // One more than it takes to be taken for unreachable.
        try scene.simulator.script(["action": ["reset": "before"], "times": 6])
        let numbers = scene.accept(20)
        try scene.start()
        scene.wait(\.faultsApplied, 6)
        try scene.expectEverything(numbers)
        #expect(scene.simulator.counters.duplicates == 0)
    }

    @Test func `all of it mixed, with a seed, while events come in`() throws {
        let scene = try DeliveryScene(.init(batch: 4, timeoutMs: 500))
        let faults: [JSONValue] = [
            ["reset": "before"], ["reset": "after"], ["truncate": 20], ["garbage": "wire"],
            ["status": 503], ["status": 500, "accept": true], ["status": 429],
            ["garbage": "body"], ["hang": "after"], ["status": 502, "body": "<html>"],
        ]
        try scene.simulator.script(
            .array(
                faults.enumerated().map { seed, action in
                    [
                        "match": ["probability": 0.08, "seed": .integer(seed + 1)],
                        "action": action, "times": 4,
                    ]
                }))
        try scene.start()
        var numbers: [String: Int] = [:]
        for round in 0..<20 {
            numbers.merge(scene.accept(15, from: round * 15)) { old, _ in old }
        }
        scene.wait(\.faultsApplied, 8)
        try scene.expectEverything(numbers)
    }
}
