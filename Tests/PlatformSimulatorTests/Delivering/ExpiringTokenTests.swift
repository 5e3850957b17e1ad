import PlatformSimulator
import RelayCore
import Testing

/// An authenticated inlet, end to end.
struct ExpiringTokenTests {
    @Test(arguments: [1, 5])
    func `a token that dies in mid-stream costs nothing`(batch: Int) throws {
        for status in [401, 403] {
            let scene = try DeliveryScene(.init(isAuthenticated: true, batch: batch))
            scene.simulator.settings.refusedTokenStatus = status
            scene.simulator.settings.tokenLifeSeconds = 600
            try scene.start()
            // The relay's clock knows nothing of it, so that it goes on with a dead token.
            var numbers = scene.accept(60)
            scene.wait(\.lake, 10)
            scene.simulator.advance(ms: 601_000)
            for round in 3..<6 {
                // Never again within a round: a new token that dies as well is a refusal.
                scene.wait(\.lake, 20 * round)
                scene.simulator.advance(ms: 601_000)
                numbers.merge(scene.accept(20, from: 20 * round)) { old, _ in old }
            }
            try scene.expectEverything(numbers)
            #expect(scene.simulator.counters.tokensIssued > 1)
            #expect(scene.simulator.counters.responses[status, default: 0] > 0)
            #expect(scene.simulator.counters.duplicates == 0)
            #expect(scene.simulator.landed().allSatisfy { $0.isAuthenticated })
        }
    }

    @Test func `tokens that live two seconds are renewed again and again`() throws {
        var settings = SimulatorSettings()
        settings.tokenLifeSeconds = 2
        let scene = try DeliveryScene(.init(isAuthenticated: true, settings: settings))
        try scene.start()
        var numbers: [String: Int] = [:]
        for round in 0..<4 {
            numbers.merge(scene.accept(10, from: round * 10)) { old, _ in old }
            scene.wait(\.lake, 10 * (round + 1))
            scene.simulator.advance(ms: 2000)
        }
        try scene.expectEverything(numbers)
        #expect(scene.simulator.counters.tokensIssued >= 4)
    }

    @Test func `withdrawn tokens are replaced`() throws {
        let scene = try DeliveryScene(.init(isAuthenticated: true))
        try scene.start()
        var numbers = scene.accept(20)
        scene.wait(\.lake, 20)
        scene.simulator.revokeTokens()
        numbers.merge(scene.accept(20, from: 20)) { old, _ in old }
        try scene.expectEverything(numbers)
        #expect(scene.simulator.counters.tokensIssued >= 2)
        #expect(scene.simulator.counters.duplicates == 0)
    }

    @Test(
        arguments: [
            ["status": 503], ["status": 429, "headers": ["Retry-After": "1"]], ["reset": "before"],
            ["reset": "after"], ["truncate": 10], ["garbage": "wire"],
            ["status": 200, "body": "<html>"],
        ] as [JSONValue])
    func `a token endpoint that is unwell delays and loses nothing`(action: JSONValue) throws {
        let scene = try DeliveryScene(.init(isAuthenticated: true, batch: 5))
        try scene.simulator.script([
            "match": ["endpoint": "token"], "action": action, "times": 1,
        ])
        let numbers = scene.accept(20)
        try scene.start()
        scene.wait(\.faultsApplied, 1)
        try scene.expectEverything(numbers)
        #expect(scene.simulator.counters.duplicates == 0)
    }
}
