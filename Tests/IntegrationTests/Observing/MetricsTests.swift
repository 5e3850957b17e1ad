import Foundation
import RelayCore
import RelayTesting
import Testing

@Suite(.enabled(if: Promtool.isThere, "promtool (Debian: prometheus) is not installed"))
struct MetricsTests {
    /// A relay that has seen an event delivered, one parked, a duplicate and a stranger.
    private func withBusyRelay(_ body: (RelayUnderTest) throws -> Void) throws {
        try withAdmin { relay, platform in
            #expect(try relay.post(Samples.body(1)).status == 200)
            #expect(try relay.post(Samples.body(1)).status == 200)
            #expect(try relay.post("no JSON").status == 200)
            #expect(try relay.post(Samples.body(2), token: "wrong").status == 404)
            try relay.list(state: "delivered", count: 1)
            try relay.list(state: "dead", count: 1)
            try body(relay)
        }
    }

    @Test func `promtool finds nothing to say about the metrics of a running relay`() throws {
        try withBusyRelay { relay in
            let answer = try relay.admin("/metrics")
            #expect(answer.header("Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
            let result = try Promtool.run(["check", "metrics"], input: answer.body)
            #expect(result.code == 0, "\(result.output)\(result.errors)")
            #expect(result.output + result.errors == "")
        }
    }

    @Test func `the counters say what happened`() throws {
        try withBusyRelay { relay in
            let metrics = try relay.metrics()
            let hook = "source=\"chatlio\",hook=\"unanswered\""
            let event = "holdfast_intake_events_total{\(hook),outcome="
            #expect(metrics["\(event)\"accepted\"}"] == 2)
            #expect(metrics["\(event)\"duplicate\"}"] == 1)
            #expect(metrics["holdfast_intake_refused_total{outcome=\"not_found\"}"] == 1)
            let to = "{destination=\"platform\""
            let sent = "holdfast_attempts_total\(to),outcome=\"delivered\",error_class=\"\"}"
            #expect(metrics[sent] == 1)
            #expect(metrics["holdfast_deliveries_kept\(to),outcome=\"dead\"}"] == 1)
            #expect(metrics["holdfast_deliveries_kept\(to),outcome=\"delivered\"}"] == 1)
            #expect(metrics["holdfast_delivery_seconds_count\(to)}"] == 1)
            #expect(metrics["holdfast_store_sync_seconds_count"] ?? 0 > 2)
            #expect(metrics["holdfast_destination_open\(to)}"] == 1)
        }
    }

    @Test func `the life of an access token is told, and no word of the token`() throws {
        let platform = try SimulatorUnderTest(requiresAuthentication: true)
        let secret = "p8e-Mt4vQz9LsWk2RxYd6B"
        let client: JSONValue = ["id": "integration", "secrets": [.string(secret)]]
        #expect(try platform.call("POST", "clients", client.serialized()).status == 201)
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.openAdmin()
        settings.platform["auth"] = [
            "kind": "oauth", "clientId": "integration", "clientSecret": .string(secret),
            "tokenURL": .string(platform.tokenURL),
        ]
        let relay = try RelayUnderTest(settings)
        relay.secrets.append(secret)
        try relay.start()
        try finish(relay) {
            let life = "holdfast_destination_token_life_seconds{destination=\"platform\"}"
            #expect(try relay.metric(life) == nil, "none is asked for before it is needed")
            #expect(try relay.post(Samples.body(1)).status == 200)
            try eventually("the life of a token") { try relay.metric(life) ?? 0 > 60 }
            try eventually("the token in status") {
                try relay.ask("status").output.contains(", token for ")
            }
            #expect(try !relay.admin("/metrics").text.contains(secret))
        }
    }

    @Test func `labels are the agreed ones, and no id, body or secret stands in them`() throws {
        try withBusyRelay { relay in
            let text = try relay.admin("/metrics").text
            let allowed: Set<Substring> = [
                "source", "hook", "destination", "outcome", "error_class", "le", "version",
            ]
            let labels = text.matches(of: /([a-z_]+)="/).map(\.output.1)
            #expect(Set(labels).subtracting(allowed).isEmpty)
            for row in try relay.list() {
                let id = try #require(row["id"]?.string)
                #expect(!text.contains(id))
            }
            for secret in relay.secrets { #expect(!text.contains(secret)) }
        }
    }

    @Test func `the alert rules are sound and do what they say`() throws {
        for words in [
            ["check", "rules", "holdfast.rules.yml"], ["test", "rules", "holdfast.test.yml"],
        ] {
            let result = try Promtool.run(words, in: Promtool.deploy("alerts"))
            #expect(result.code == 0, "\(result.output)\(result.errors)")
        }
    }

    @Test func `every alert has a test that it fires`() throws {
        let rules = try Promtool.text("alerts/holdfast.rules.yml")
        let tests = try Promtool.text("alerts/holdfast.test.yml")
        let alerts = rules.matches(of: /- alert: (\w+)/).map { String($0.output.1) }
        #expect(alerts.count > 15)
        for alert in alerts {
            #expect(tests.contains("alertname: \(alert)\n        exp_alerts:"), "\(alert)")
        }
    }

    @Test func `every metric in dashboard, rules and document is one that a relay shows`() throws {
        try withBusyRelay { relay in
            let text = try relay.admin("/metrics").text
            let shown = Set(text.matches(of: /# TYPE (\w+)/).map { String($0.output.1) })
            let named = /\b((?:holdfast|process)_[a-z_]+[a-z])/
            for file in ["dashboards/holdfast.json", "alerts/holdfast.rules.yml"] {
                for name in Promtool.names(in: try Promtool.text(file), named) {
                    #expect(shown.contains(name), "\(file): \(name)")
                }
            }
            let page = try Promtool.text("../docs/metrics.md")
            let documented = Promtool.names(in: page, /`((?:holdfast|process)_[a-z_]+[a-z])`/)
            #expect(documented == shown)
        }
    }

    @Test func `the dashboard is JSON with a panel for each of its questions`() throws {
        let bytes = Array(try Promtool.text("dashboards/holdfast.json").utf8)
        let panels = try JSONValue.parse(bytes)["panels"]?.array ?? []
        let rows = panels.filter { $0["type"] == "row" }.compactMap { $0["title"]?.string }
        #expect(rows == ["Is it moving?", "What is stuck?", "Who refuses?", "How full?"])
        let ids = panels.compactMap { $0["id"]?.int64 }
        #expect(Set(ids).count == panels.count)
    }
}
