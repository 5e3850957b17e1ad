import PlatformSimulator
import RelayCore
import RelayTesting
import Synchronization
import Testing

struct ControlTests {
    private let platform = LocalPlatform()

    private func lines(_ target: String) -> [JSONValue] {
        platform.ask("GET", target).text.split(separator: "\n").compactMap {
            try? JSONValue.parse(String($0))
        }
    }

    @Test func `what landed is listed as one JSON a line, bodies within`() throws {
        _ = platform.send("{\n\"holdfast\": {\"_id\":\"a\"},\n\"n\":1}")
        let line = try #require(lines("/_control/landed").first)
        #expect(line["sequence"] == 1)
        #expect(line["_id"] == "a")
        #expect(line.at("/body/n") == 1)
        #expect(line["fate"] == "lake")
        #expect(line["sha256"]?.string?.utf8.count == 64)
        #expect(line["receivedAt"] == .string(platform.clock.now.description))
    }

    @Test func `a list begins after a sequence and ends at a limit`() {
        for _ in 0..<10 { _ = platform.send("{}") }
        let found = lines("/_control/landed?since=3&limit=4&body=false")
        #expect(found.compactMap { $0["sequence"]?.int64 } == [4, 5, 6, 7])
        #expect(found.allSatisfy { $0["body"] == nil })
        #expect(lines("/_control/landed?since=10").isEmpty)
        #expect(lines("/_control/landed?since=99").isEmpty)
    }

    @Test func `the lake is shown unless another fate is asked for`() {
        _ = platform.send("{}")
        _ = platform.send("{}", flow: nil)
        #expect(lines("/_control/landed").count == 1)
        #expect(lines("/_control/landed?fate=unrouted").count == 1)
        #expect(lines("/_control/landed?fate=any").count == 2)
        #expect(platform.ask("GET", "/_control/landed?fate=limbo").status == 400)
        #expect(platform.ask("GET", "/_control/landed?since=-1").status == 400)
    }

    @Test func `Profile's view leaves repeats out`() {
        for _ in 0..<2 { _ = platform.send(#"{"_id":"same"}"#) }
        #expect(lines("/_control/landed").count == 2)
        #expect(lines("/_control/landed?view=profile").count == 1)
    }

    @Test func `the same list comes as one array`() {
        for _ in 0..<2 { _ = platform.send("{}") }
        let reply = platform.ask("GET", "/_control/landed?format=array")
        #expect(reply.json?.array?.count == 2)
    }

    @Test func `old records and old bodies go, counters stay`() {
        let platform = LocalPlatform {
            $0.keptRecords = 5
            $0.keptBodyBytes = 6
        }
        for _ in 0..<20_000 { _ = platform.send("{}") }
        let kept = platform.simulator.landed()
        #expect(kept.map(\.sequence) == [19_996, 19_997, 19_998, 19_999, 20_000])
        #expect(kept.map { $0.body != nil } == [false, false, true, true, true])
        #expect(platform.simulator.counters.lake == 20_000)
        #expect(platform.simulator.landed(since: 19_998).count == 2)
        #expect(platform.ask("GET", "/").text.contains("no longer kept"))
    }

    @Test func `counters count requests, answers and fates`() {
        _ = platform.send("{}")
        _ = platform.send("no JSON")
        let reply = platform.ask("GET", "/_control/counters")
        #expect(reply.at("/requests/collection") == 2)
        #expect(reply.at("/responses/200") == 1)
        #expect(reply.at("/responses/400") == 1)
        #expect(reply.at("/lake") == 1)
    }

    @Test func `a reset forgets what landed, and with all everything`() {
        platform.simulator.settings.unknownInletStatus = 400
        _ = platform.send("{}")
        #expect(platform.ask("POST", "/_control/reset").status == 204)
        #expect(platform.simulator.counters == SimulatorCounters())
        #expect(platform.simulator.landed().isEmpty)
        #expect(platform.simulator.settings.unknownInletStatus == 400)
        #expect(platform.ask("POST", "/_control/reset?all=true").status == 204)
        #expect(platform.simulator.settings.unknownInletStatus == 404)
    }

    @Test func `settings are shown and changed by name`() {
        let reply = platform.ask(
            "PATCH", "/_control/settings", #"{"dialect":"B","bodyLimitBytes":10,"region":"NLD2"}"#)
        #expect(reply.at("/dialect") == "B")
        #expect(platform.send("{\"a\":\"12345\"}").status == 413)
        let slip = platform.ask("PATCH", "/_control/settings", #"{"dialekt":"A"}"#)
        #expect(slip.at("/error")?.string?.contains("did you mean dialect?") == true)
        #expect(platform.ask("GET", "/_control/settings").at("/region") == "NLD2")
    }

    @Test func `the clock can be pushed ahead`() {
        let before = platform.token()
        let reply = platform.ask("POST", "/_control/clock", #"{"advanceMs":86399000}"#)
        #expect(reply.status == 200)
        let headers = ["Authorization": "Bearer \(before)"]
        _ = platform.send("{}", headers: headers)
        #expect(platform.simulator.landed().first?.isAuthenticated == false)
    }

    @Test func `an unknown call is named with its nearest neighbour`() {
        let reply = platform.ask("GET", "/_control/conters")
        #expect(reply.status == 404)
        #expect(reply.at("/error")?.string?.contains("did you mean counters?") == true)
        #expect(platform.ask("DELETE", "/_control/counters").status == 405)
    }

    @Test func `the page shows what landed and lets nothing of it speak`() {
        _ = platform.send(#"{"_id":"<script>","m":"</code><img src=x onerror=alert(1)>&"}"#)
        let reply = platform.ask("GET", "/")
        #expect(reply.status == 200)
        #expect(!reply.text.contains("<script>"))
        #expect(!reply.text.contains("<img"))
        #expect(reply.text.contains("&lt;script&gt;"))
        #expect(reply.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
    }

    @Test func `who waits for a counter is called once, when it is there`() {
        let calls = Mutex(0)
        platform.simulator.when(Goal(\.lake, least: 2)) { _ in calls.withLock { $0 += 1 } }
        _ = platform.send("{}")
        #expect(calls.withLock { $0 } == 0)
        for _ in 0..<3 { _ = platform.send("{}") }
        #expect(calls.withLock { $0 } == 1)
        platform.simulator.when(Goal(\.lake, least: 2)) { _ in calls.withLock { $0 += 1 } }
        #expect(calls.withLock { $0 } == 2)
    }
}
