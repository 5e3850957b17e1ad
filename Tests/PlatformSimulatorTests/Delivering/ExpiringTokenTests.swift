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
            var numbers: [String: Int] = [:]
            for round in 0..<5 {
                numbers.merge(scene.accept(20, from: round * 20)) { old, _ in old }
                scene.wait(\.lake, 20 * round + 10)
                // The relay's clock knows nothing of it, so that it goes on with a dead token. The
                // next one lives until the round is over: two in a row would be a refusal.
                scene.simulator.advance(ms: 601_000)
                scene.wait(\.lake, 20 * round + 20)
            }
            numbers.merge(scene.accept(20, from: 100)) { old, _ in old }
            try scene.expectEverything(numbers)
            #expect(scene.simulator.counters.tokensIssued > 1)
            #expect(scene.simulator.counters.responses[status, default: 0] > 0)
            #expect(scene.simulator.counters.duplicates == 0)
            #expect(scene.simulator.landed().allSatisfy { $0.isAuthenticated })
        }
    }

    @Test func `tokens that live one second are renewed again and again`() throws {
        var settings = SimulatorSettings()
        settings.tokenLifeSeconds = 1
        let scene = try DeliveryScene(.init(isAuthenticated: true, settings: settings))
        try scene.start()
        var numbers: [String: Int] = [:]
        // Each round is let in only by a token younger than a second, so time has to pass.
        for round in 0..<4 {
            numbers.merge(scene.accept(10, from: round * 10)) { old, _ in old }
            scene.wait(\.lake, 10 * (round + 1))
            scene.simulator.advance(ms: 1000)
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
