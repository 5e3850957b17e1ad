import RelayCore
import RelayTesting
import Testing

struct ReadinessTests {
    private func reasons(_ relay: RelayUnderTest) throws -> [String] {
        let answer = try relay.admin("/readyz")
        guard answer.status == 503 else { return [] }
        return try answer.json()["reasons"]?.array?.compactMap(\.string) ?? []
    }

    @Test func `below the disk reserve it is not ready, and alive all the same`() throws {
        try withAdmin({ $0.storage["reserveBytes"] = .integer(Int64(1) << 60) }) { relay, _ in
            #expect(try relay.post(Samples.body(1)).status == 503)
            #expect(try reasons(relay).contains { $0.contains("disk reserve is reached") })
            #expect(try relay.admin("/healthz").status == 200)
            let metrics = try relay.metrics()
            #expect(metrics["holdfast_disk_reserve_reached"] == 1)
            #expect(metrics["holdfast_ready"] == 0)
            let refused =
                "holdfast_intake_events_total{source=\"chatlio\",hook=\"unanswered\","
                + "outcome=\"disk_full\"}"
            #expect(metrics[refused] == 1)
            #expect(try relay.ask("status").output.contains("disk reserve"))
        }
    }

    @Test(
        .enabled(
            if: Requirements.canMount, "mounting a small file system needs root: not run here"))
    func `a full disk is told, and told to be over`() throws {
        let disk = try SmallDisk(megabytes: 24)
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.openAdmin()
        settings.storage["reserveBytes"] = 4_000_000
        let relay = try RelayUnderTest(settings, dataDirectory: disk.path + "/data")
        try relay.start()
        try finish(relay) {
            #expect(try reasons(relay).isEmpty)
            #expect(try relay.post(Samples.body(1)).status == 200)
            try disk.fill(leavingBytes: 1_000_000)
            #expect(try reasons(relay).contains { $0.contains("disk reserve is reached") })
            try eventually("a refusal") { try relay.post(Samples.body(2)).status == 503 }
            #expect(try relay.metric("holdfast_store_readable") == 1)
            #expect(try relay.operate("/status")["counts"] != nil)
            try disk.freeAgain()
            // Nobody has to send an event for it to be found out; the ballast is made again first.
            try eventually("readiness without an event") { try reasons(relay).isEmpty }
            try eventually("an event is taken") { try relay.post(Samples.body(3)).status == 200 }
        }
    }

    @Test func `while it drains it is not ready and says so`() throws {
        try withAdmin { relay, platform in
            try platform.fault(["action": ["hang": "before"]])
            #expect(try relay.post(Samples.body(1)).status == 200)
            try eventually("a send under way") { try platform.collections() > 0 }
            #expect(try reasons(relay).isEmpty)
            let process = try #require(relay.process)
            process.signal(15)
            try process.errors.line(containing: "\"message\":\"stopping\"")
            try eventually("a reason") { try !reasons(relay).isEmpty }
            #expect(try reasons(relay).contains("Intake does not listen."))
            #expect(try relay.admin("/healthz").status == 200)
            process.signal(15)
            _ = try process.waitUntilExit()
        }
    }

    @Test func `intake that is full of connections leaves the admin listener alone`() throws {
        try withAdmin({ $0.intake["maxConnections"] = 4 }) { relay, _ in
            let idle = try (0..<4).map { _ in try relay.connect() }
            for client in idle { client.send("POST /hooks/") }
            try eventually("four connections") {
                try relay.metric("holdfast_intake_connections") == 4
            }
            let fifth = try relay.connect()
            #expect(fifth.rest().isEmpty)
            #expect(try relay.admin("/readyz").status == 200)
            let refused = "holdfast_intake_refused_total{outcome=\"connection_limit\"}"
            #expect(try relay.metric(refused) == 1)
            withExtendedLifetime(idle) {}
        }
    }

    @Test func `SIGHUP changes the token, and a refused configuration is told`() throws {
        try withAdmin { relay, _ in
            relay.settings.openAdmin(token: RelaySettings.otherToken)
            try relay.writeConfiguration()
            try relay.reload(expecting: "configuration read again")
            #expect(try relay.admin("/status", token: RelaySettings.adminToken).status == 401)
            #expect(try relay.admin("/status", token: RelaySettings.otherToken).status == 200)
            try relay.writeConfiguration("{ sources: ")
            try relay.reload(expecting: "the new configuration is refused")
            #expect(try relay.metric("holdfast_configuration_refused") == 1)
            #expect(try relay.admin("/readyz").status == 200)
            try relay.writeConfiguration()
            try relay.reload(expecting: "configuration read again")
            #expect(try relay.metric("holdfast_configuration_refused") == 0)
        }
    }
}
