import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

struct RateTests {
    @Test func `requests over the rate get 429 until the next second`() {
        let platform = LocalPlatform { $0.ratePerSecond = 2 }
        #expect((0..<3).map { _ in platform.send("{}").status } == [200, 200, 429])
        platform.clock.advance(ms: 1000)
        #expect(platform.send("{}").status == 200)
    }

    @Test func `429 carries Retry-After only when told so`() {
        let silent = LocalPlatform { $0.ratePerSecond = 1 }
        _ = silent.send("{}")
        #expect(silent.send("{}").header("Retry-After") == nil)
        let helpful = LocalPlatform {
            $0.ratePerSecond = 1
            $0.retryAfterSeconds = 7
        }
        _ = helpful.send("{}")
        #expect(helpful.send("{}").header("Retry-After") == "7")
    }

    @Test func `the rate is counted for each inlet alone`() {
        let platform = LocalPlatform { $0.ratePerSecond = 1 }
        platform.simulator.add(Inlet(id: "beef"))
        #expect(platform.send("{}").status == 200)
        #expect(platform.send("{}", to: "/collection/beef").status == 200)
        #expect(platform.send("{}").status == 429)
    }

    @Test func `sixty synchronous validations a minute are allowed`() {
        let platform = LocalPlatform()
        let target = LocalPlatform.collection + "?syncValidation=true"
        let statuses = (0..<61).map { _ in platform.send("{}", to: target).status }
        #expect(statuses.dropLast().allSatisfy { $0 == 200 })
        #expect(statuses.last == 429)
        #expect(platform.send("{}").status == 200)
        platform.clock.advance(ms: 60_000)
        #expect(platform.send("{}", to: target).status == 200)
    }
}
