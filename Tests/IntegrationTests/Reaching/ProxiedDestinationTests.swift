import Foundation
import RelayCore
import RelayTesting
import Testing

struct ProxiedDestinationTests {
    private static let tinyproxy = Program.onPath("tinyproxy")
    private static let password = "pr0xy-Pass-7Kq2"

    @Test(.enabled(if: tinyproxy != nil, "tinyproxy is not here"))
    func `deliveries go through the proxy, and its password is never shown`() throws {
        let proxy = try Self.proxy()
        try withRelay({ settings in
            settings.platform["proxy"] = .string(
                "http://ana:\(Self.password)@127.0.0.1:\(proxy.port)")
        }) { relay, platform in
            relay.secrets.append(Self.password)
            #expect(try relay.post(Samples.body(1)).status == 200)
            try platform.landed(atLeast: 1)
            try proxy.process.output.line(containing: "127.0.0.1:\(platform.port)")
            try relay.list(state: "delivered", count: 1)
            #expect(try relay.run(["check", "--config", relay.configurationPath]).code == 0)
        }
    }

    @Test(.enabled(if: tinyproxy != nil, "tinyproxy is not here"))
    func `a proxy that refuses the password keeps events waiting and kills none`() throws {
        let proxy = try Self.proxy()
        try withRelay({ settings in
            settings.platform["proxy"] = .string("http://127.0.0.1:\(proxy.port)")
        }) { relay, platform in
            #expect(try relay.post(Samples.body(1)).status == 200)
            try eventually("an attempt that failed") {
                try relay.list().first?["lastError"] != nil
            }
            #expect(try relay.list().first?["state"] == "queued")
            #expect(try platform.landed().isEmpty)
        }
    }

    @Test func `a host that needs no proxy is reached without it`() throws {
        try withRelay({ settings in
            settings.platform["proxy"] = "http://127.0.0.1:1"
            settings.platform["noProxy"] = ["example.org", "127.0.0.0/8"]
        }) { relay, _ in
            #expect(try relay.post(Samples.body(1)).status == 200)
            try relay.list(state: "delivered", count: 1)
        }
    }

    private static func proxy() throws -> (process: ChildProcess, port: Int) {
        let folder = try TemporaryFolder()
        let port = try ListeningSocket.freePort()
        let file = folder.file("tinyproxy.conf")
        try """
        Port \(port)
        Listen 127.0.0.1
        Timeout 60
        LogLevel Connect
        BasicAuth ana \(password)

        """.write(toFile: file, atomically: true, encoding: .utf8)
        let process = try ChildProcess(tinyproxy ?? "", ["-d", "-c", file])
        try eventually("a proxy that listens") { (try? RawClient(.ipv4(port: port))) != nil }
        return (process, port)
    }
}
