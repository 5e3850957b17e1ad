import Dispatch
import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

/// What Platform answers, end to end.
struct AnswerFaultTests {
    @Test(arguments: Dialect.allCases, [503, 429, 500])
    func `messages that a 207 refuses for now come again, and only they`(
        dialect: Dialect, status: Int
    ) throws {
        let scene = try DeliveryScene(.init(batch: 10))
        scene.simulator.settings.dialect = dialect
        try scene.simulator.script([
            "match": ["endpoint": "batch"],
            "action": ["elements": ["status": .integer(status), "every": 2]], "times": 3,
        ])
        let numbers = scene.accept(60)
        try scene.start()
        scene.wait(\.faultsApplied, 3)
        try scene.expectEverything(numbers)
        #expect(scene.simulator.counters.refusedElements >= 10)
        #expect(scene.simulator.counters.duplicates == 0, "what was taken is not sent again")
    }

    @Test(arguments: Dialect.allCases, [-3, -1, 1, 4])
    func `a 207 that does not count right loses nothing`(dialect: Dialect, skew: Int) throws {
        let scene = try DeliveryScene(.init(batch: 10))
        try scene.simulator.script([
            "match": ["endpoint": "batch"],
            "action": [
                "elements": ["status": 503, "every": 3], "responseCountSkew": .integer(skew),
                "dialect": .string(dialect.rawValue),
            ],
            "times": 3,
        ])
        let numbers = scene.accept(60)
        try scene.start()
        scene.wait(\.faultsApplied, 3)
        try scene.expectEverything(numbers)
    }

    @Test(
        arguments: [
            ["status": 429], ["status": 429, "headers": ["Retry-After": "1"]],
            ["status": 503, "headers": ["Retry-After": "1"]], ["status": 503],
            ["status": 504, "accept": true],
        ] as [JSONValue])
    func `busy answers are waited out`(action: JSONValue) throws {
        for batch in [1, 5] {
            let scene = try DeliveryScene(.init(batch: batch))
            try scene.simulator.script(["match": ["every": 2], "action": action, "times": 4])
            let numbers = scene.accept(40)
            try scene.start()
            scene.wait(\.faultsApplied, 4)
            try scene.expectEverything(numbers)
            let lands = action["accept"] == true
            #expect(lands ? scene.simulator.counters.duplicates > 0 : true)
            #expect(lands || scene.simulator.counters.duplicates == 0)
        }
    }

    @Test func `nothing comes again before the time that was asked for`() throws {
        let scene = try DeliveryScene()
        try scene.simulator.script([
            "action": ["status": 503, "headers": ["Retry-After": "2"]], "times": 1,
        ])
        let numbers = scene.accept(1)
        try scene.start()
        scene.wait(\.faultsApplied, 1)
        let before = DispatchTime.now().uptimeNanoseconds
        scene.wait(\.lake, 1)
        let waitedMs = (DispatchTime.now().uptimeNanoseconds - before) / 1_000_000
        // A lower bound can only be missed by a relay that is too early, however slow the machine.
        #expect(waitedMs >= 1500)
        try scene.expectEverything(numbers)
    }

    @Test func `the inlet's own rate limit is obeyed until everything is through`() throws {
        var settings = SimulatorSettings()
        settings.ratePerSecond = 10
        let scene = try DeliveryScene(.init(settings: settings))
        let numbers = scene.accept(25)
        try scene.start()
        try scene.expectEverything(numbers)
        #expect(scene.simulator.counters.responses[429, default: 0] > 0)
        #expect(scene.simulator.counters.duplicates == 0)
    }

    @Test func `a batch that is too large is halved until it fits`() throws {
        var settings = SimulatorSettings()
        settings.bodyLimitBytes = 1200
        let scene = try DeliveryScene(.init(batch: 40, settings: settings))
        let numbers = scene.accept(120)
        try scene.start()
        try scene.expectEverything(numbers)
        #expect(scene.simulator.counters.responses[413, default: 0] > 0)
        #expect(scene.simulator.counters.duplicates == 0)
    }

    @Test func `a scripted 413 for a batch does the same`() throws {
        let scene = try DeliveryScene(.init(batch: 10))
        try scene.simulator.script([
            "match": ["endpoint": "batch"], "action": ["status": 413], "times": 3,
        ])
        let numbers = scene.accept(40)
        try scene.start()
        scene.wait(\.faultsApplied, 3)
        try scene.expectEverything(numbers)
        #expect(scene.simulator.counters.duplicates == 0)
    }
}
