import Foundation
import RelayCore
import RelayTesting
import Testing

/// The package on a machine with systemd: installed, configured, started, upgraded under load,
/// removed and purged, as docs/install.md and docs/upgrade.md say.
@Suite(
    .enabled(
        if: Machine.canBeMade,
        "needs root with name spaces, overlays and control groups, and a systemd"))
struct MachineTests {
    private let machine: Machine
    private let package: TrialPackage.Made
    private let platform: SimulatorUnderTest
    private let port: Int
    private let adminPort: Int

    init() throws {
        package = try TrialPackage.made.get()
        platform = try SimulatorUnderTest()
        // The machine shares the network, so the usual ports may be somebody else's.
        let (intake, admin) = (try ListeningSocket(), try ListeningSocket())
        (port, adminPort) = (intake.port, admin.port)
        machine = try Machine()
    }

    private func install(_ path: String) throws {
        try machine.must("dpkg --install --no-triggers \(machine.bring(path))")
    }

    /// The steps of docs/install.md after the installation.
    private func configure() throws {
        let secrets = [
            "chatlio-token": RelaySettings.token, "platform-inlet-url": platform.inletURL,
            "platform-flow-id": SimulatorUnderTest.flowID,
        ]
        for (name, secret) in secrets {
            try machine.must("echo '\(secret)' >/etc/holdfast/credentials/\(name)")
        }
        // The simulator asks for no token.
        try machine.must("sed -i '/auth: {/,/^      },/d' /etc/holdfast/holdfast.json5")
        for (unit, port) in [("holdfast.socket", port), ("holdfast-admin.socket", adminPort)] {
            try dropIn(unit, "Socket", ["ListenStream=", "ListenStream=127.0.0.1:\(port)"])
        }
    }

    private func dropIn(_ unit: String, _ section: String, _ lines: [String]) throws {
        let folder = "/etc/systemd/system/\(unit).d"
        let text = (["[\(section)]"] + lines).joined(separator: "\\n")
        try machine.must(
            "mkdir -p \(folder) && printf '\(text)\\n' >\(folder)/test.conf"
                + " && systemctl daemon-reload")
    }

    private func start() throws {
        try machine.must(
            "systemctl enable --now holdfast.socket holdfast-admin.socket holdfast.service 2>&1")
    }

    private func post(_ number: Int) throws -> Int? {
        let client = try RawClient(.ipv4(port: port))
        client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(number).utf8))
        return client.response()?.status
    }

    private func stored() throws -> Set<String> {
        let rows = try machine.must(
            "runuser -u holdfast -- holdfast list --all --json --db /var/lib/holdfast/holdfast.db")
        let ids = try rows.split(separator: "\n").map {
            try JSONValue.parse(Array($0.utf8))["id"]?.string
        }
        return Set(ids.compactMap { $0 })
    }

    @Test func `an installed package does nothing until it is told to, and says what it lacks`()
        throws
    {
        try install(package.first)
        for unit in ["holdfast.service", "holdfast.socket", "holdfast-admin.socket"] {
            #expect(try machine.run("systemctl is-enabled \(unit)").output == "disabled\n")
            #expect(try machine.run("systemctl is-active \(unit)").output == "inactive\n")
        }
        let verified = try machine.run(
            "systemd-analyze verify /usr/lib/systemd/system/holdfast* && man --path holdfast")
        #expect(verified.code == 0)
        #expect(verified.errors == "")
        #expect(try machine.run("systemctl start holdfast.service").code != 0)
        let log = try machine.must("journalctl --unit holdfast.service --no-pager")
        #expect(log.contains("sources.chatlio.tokens[0]"))
        #expect(log.contains("secret_chatlio-token"))
    }

    @Test func `started it is ready and confined, is reloaded, and replaced when it hangs`() throws
    {
        try install(package.first)
        try configure()
        try dropIn(
            "holdfast.service", "Service", ["WatchdogSec=5", "RestartSec=0", "TimeoutStopSec=1"])
        try start()
        try isReadyAndConfined()
        try isReloaded()
        try isReplacedWhenItHangs()
    }

    private func isReadyAndConfined() throws {
        #expect(try machine.property("ActiveState", of: "holdfast.service") == "active")
        #expect(
            try machine.property("StatusText", of: "holdfast.service")
                .hasPrefix("taking events on port \(port)"))
        #expect(try post(1) == 200)
        let health = try RawClient(.ipv4(port: adminPort))
        health.request("GET", "/readyz")
        #expect(health.response()?.status == 200)
        // What it may see of /proc is enough to say how the process does: alerts rest on it.
        let scraper = try RawClient(.ipv4(port: adminPort))
        scraper.request("GET", "/metrics")
        let metrics = try #require(scraper.response()).text
        for name in ["start_time_seconds", "open_fds", "max_fds", "resident_memory_bytes"] {
            #expect(metrics.contains("\nprocess_\(name) "), "\(name)")
        }
        let id = try machine.property("MainPID", of: "holdfast.service")
        let status = try machine.must("cat /proc/\(id)/status")
        #expect(status.contains("CapEff:\t0000000000000000"))
        #expect(status.contains("NoNewPrivs:\t1"))
        #expect(status.contains("Seccomp:\t2"))
        #expect(try machine.must("stat -c %U /proc/\(id)") == "holdfast")
        #expect(
            try machine.must("stat -c '%a %U' /var/lib/holdfast/holdfast.db") == "640 holdfast")
        // Secrets are neither in its environment nor in what it wrote.
        let environment = try machine.must("tr '\\0' '\\n' </proc/\(id)/environ")
        #expect(!environment.contains(RelaySettings.token))
        let log = try machine.must("journalctl --unit holdfast.service --no-pager")
        #expect(!log.contains(RelaySettings.token))
        // Each line is one of ours: nothing was tried that it may not do. (A system that may not
        // raise limits itself cannot give it the nice values either.)
        let mayBeNice = try machine.must("grep 'Max nice' /proc/\(id)/limits").contains("24")
        let strange = log.split(separator: "\n").filter {
            $0.contains("holdfast[\(id)]") && !$0.contains("\"level\":\"info\"")
                && (mayBeNice || !$0.contains("Failed to set thread priority"))
        }
        #expect(strange == [])
        try eventually("the delivery") { try platform.collections() == 1 }
    }

    private func isReloaded() throws {
        try machine.must(
            "sed -i 's/dataDirectory:/log: { level: \"info\" }, dataDirectory:/'"
                + " /etc/holdfast/holdfast.json5 && systemctl reload holdfast.service")
        #expect(try machine.property("ActiveState", of: "holdfast.service") == "active")
        try machine.must(
            "cp /etc/holdfast/holdfast.json5 /etc/holdfast/good.json5"
                + " && echo broken >/etc/holdfast/holdfast.json5"
                + " && systemctl reload holdfast.service")
        try eventually("the refusal in the status") {
            try machine.property("StatusText", of: "holdfast.service").contains("was refused")
        }
        #expect(try post(2) == 200)
    }

    private func isReplacedWhenItHangs() throws {
        // The last test left no good configuration.
        try machine.must("cp /etc/holdfast/good.json5 /etc/holdfast/holdfast.json5")
        let before = try machine.property("MainPID", of: "holdfast.service")
        try machine.must("kill -STOP \(before)")
        try eventually("another process") {
            let now = try machine.property("MainPID", of: "holdfast.service")
            return now != before && now != "0"
        }
        #expect(try post(3) == 200)
        #expect(try stored().count == 3)
        #expect(
            try machine.must("journalctl --unit holdfast.service --no-pager")
                .contains("Watchdog timeout"))
    }

    @Test func `an upgrade under load refuses nobody and loses nothing`() throws {
        try install(package.first)
        try configure()
        try start()
        let before = try machine.property("MainPID", of: "holdfast.service")
        let load = Load(port: port, clients: 8)
        try load.goOn(for: 50)
        try install(package.second)
        try load.goOn(for: 50)
        try machine.must("systemctl restart holdfast.service")
        try load.goOn(for: 50)
        let tally = try load.finish()
        #expect(tally.refused == 0)
        #expect(tally.unanswered == 0)
        #expect(Array(tally.statuses.keys) == [200])
        #expect(tally.ids.count == tally.statuses[200])
        #expect(try machine.property("MainPID", of: "holdfast.service") != before)
        #expect(try machine.property("NRestarts", of: "holdfast.service") == "0")
        #expect(try machine.must("dpkg-query -W -f '${Version}' holdfast") == "0.0.2-1")
        #expect(tally.ids.isSubset(of: try stored()))
    }

    @Test func `removed it stops and keeps data and secrets, purged it leaves nothing`() throws {
        try install(package.first)
        try configure()
        try start()
        #expect(try post(1) == 200)
        // A removal that dpkg takes back leaves it running.
        let scripts = "/var/lib/dpkg/info/holdfast"
        try machine.must("\(scripts).prerm remove")
        #expect(throws: RawClient.Unreachable.self) { try RawClient(.ipv4(port: port)) }
        try machine.must("\(scripts).postinst abort-remove")
        #expect(try post(1) == 200)
        try machine.must("dpkg --remove --no-triggers holdfast")
        #expect(throws: RawClient.Unreachable.self) { try RawClient(.ipv4(port: port)) }
        try machine.must("test -e /var/lib/holdfast/holdfast.db")
        try machine.must("test -e /etc/holdfast/credentials/chatlio-token")
        // Back again, it goes on where it was.
        try install(package.second)
        try start()
        #expect(try stored().count == 1)
        try machine.must("dpkg --purge --no-triggers holdfast")
        let left = try machine.must(
            "find /etc /var/lib/holdfast /usr /var/lib/systemd -name '*holdfast*' 2>/dev/null"
                + " | grep -v local || true")
        #expect(left == "")
        #expect(try machine.run("systemctl list-unit-files 'holdfast*' --no-legend").output == "")
    }
}
