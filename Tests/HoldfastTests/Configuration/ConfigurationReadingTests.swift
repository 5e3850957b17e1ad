import Foundation
import RelayCore
import Signing
import Testing

@testable import holdfast

struct ConfigurationReadingTests {
    private static let secrets = [
        "HOLDFAST_ADMIN_TOKEN": "admin-token-3f9b1c7d2e", "CHATLIO_TOKEN": "chatlio-token-8a1d4f6b",
        "ORDERS_SECRET": "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=",
        "PARTNER_SECRET": "partner-secret-52c07e",
        "PLATFORM_CLIENT_SECRET": "p8e-client-secret-9d0a",
        "PLATFORM_HMAC_SECRET": "hmac-secret-77aa01c4",
        "COPY_SECRET": "whsec_ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICA=",
    ]

    private static let world = ConfigurationWorld(
        variables: secrets.merging(["PLATFORM_CLIENT_ID": "client-id"]) { $1 })

    private static func example() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appendingPathComponent("deploy/holdfast.json5"), encoding: .utf8)
    }

    @Test func `the complete example reads without problems`() throws {
        let configuration = try Self.world.read(Self.example()).get().configuration
        #expect(configuration.sources.map(\.name) == ["chatlio", "orders", "partner", "drop-in"])
        #expect(configuration.destinations.map(\.name) == ["platform", "platform-orders", "copy"])
        let chatlio = configuration.sources[0]
        #expect(chatlio.lane?.tokens == ["conversationUUID"])
        #expect(chatlio.dedupWindow == Span("10m"))
        #expect(chatlio.hooks.map(\.name) == HookSettings.chatlioNames)
        #expect(chatlio.hooks.map(\.destinations.count) == [2, 1, 1, 1, 1])
        guard case .platform(let platform) = configuration.destinations[0].target,
            case .oauth(let oauth) = platform.auth
        else {
            Issue.record("the first destination is Platform with OAuth")
            return
        }
        #expect(oauth.clientId == "client-id")
        #expect(oauth.clientSecrets == [Secret(text: "p8e-client-secret-9d0a")])
        #expect(platform.batch?.maxBytes == 900_000)
        #expect(configuration.destinations[0].retry.policy == RetryPolicy())
        #expect(
            configuration.sources[2].hooks.map(\.destinations) == [
                ["platform-orders"], ["platform-orders"],
            ])
    }

    @Test func `the shape that the documentation promises reads without problems`() {
        let text = """
            {
              dataDirectory: "/var/lib/holdfast",
              intake: { listen: "0.0.0.0:8080", tls: { certificate: "/cert.pem", key: "/key.pem" },
                        publicURL: "https://hooks.example.org", maxBodyBytes: 1048576,
                        maxConnections: 4096, bodyTimeoutMs: 30000, headerTimeoutMs: 10000 },
              admin:  { listen: "127.0.0.1:9080", token: "env:HOLDFAST_ADMIN_TOKEN" },
              storage: { reserveBytes: 536870912,
                         retention: { delivered: "7d", dead: "90d", discarded: "30d" } },
              sources: {
                chatlio: { kind: "chatlio", tokens: ["env:CHATLIO_TOKEN"], destination: "platform",
                           dedupWindow: "10m", lane: "/conversationUUID" },
                orders:  { kind: "generic", hooks: { created: { destination: "copy" } },
                           verify: { scheme: "standard-webhooks",
                                     secrets: ["env:ORDERS_SECRET"] } },
              },
              destinations: {
                platform: { kind: "platform", inletURL: "https://dcs.adobedc.net/collection/1",
                            flowId: "1", sandboxName: "prod",
                            auth: { kind: "oauth", clientId: "env:PLATFORM_CLIENT_ID",
                                    clientSecret: "env:PLATFORM_CLIENT_SECRET",
                                    scopes: ["openid", "AdobeID"],
                                    tokenURL: "https://ims-na1.adobelogin.com/ims/token/v3" },
                            hmac: { secret: "env:PLATFORM_HMAC_SECRET", encoding: "hex" },
                            batch: { maxMessages: 200, maxBytes: 900000, lingerMs: 0 }, stamp: true,
                            retry: { first: "1s", factor: 2, cap: "1h", maxAttempts: 0,
                                     maxAge: "7d" },
                            concurrency: { initial: 8, max: 64 }, ratePerSecond: 1000,
                            timeoutMs: 30000 },
                copy:     { kind: "http", url: "https://example.org/in",
                            sign: { scheme: "standard-webhooks", secret: "env:COPY_SECRET" } },
              },
              log: { level: "info", format: "auto" },
            }
            """
        var world = Self.world
        world.files = ["/cert.pem": .success([0x2D]), "/key.pem": .success([0x2D])]
        #expect(world.problems(text) == [])
    }

    @Test func `what is shown holds no secret, and every default`() throws {
        let effective = try Self.world.read(Self.example()).get()
        let shown = effective.render()
        for secret in Self.secrets.values { #expect(!shown.contains(secret)) }
        var dumped = ""
        dump(effective.configuration, to: &dumped)
        for secret in Self.secrets.values { #expect(!dumped.contains(secret)) }
        let tree = try JSONValue.parse(shown)
        #expect(tree["sources"]?["chatlio"]?["tokens"]?[0]?.string == "***")
        #expect(tree["sources"]?["partner"]?["dedupWindow"]?.string == "1d")
        #expect(tree["destinations"]?["copy"]?["retry"]?["maxAge"]?.string == "7d")
        #expect(tree["destinations"]?["copy"]?["sign"]?["secret"]?.string == "***")
        // Who keeps a name out of the file finds there what he wrote.
        #expect(
            tree["destinations"]?["platform"]?["auth"]?["clientId"]?.string
                == "env:PLATFORM_CLIENT_ID")
    }

    @Test func `the effective configuration reads as itself, but for the secrets`() throws {
        let first = try Self.world.read(Self.example()).get().render()
        // Fits every kind of secret: a key in base64 and a token in a path.
        let unmasked = first.replacing(
            "\"***\"", with: "\"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY\"")
        #expect(try Self.world.read(unmasked).get().render() == first)
    }

    @Test func `URLs are shown without what may be secret in them`() throws {
        let text = """
            { kind: "http",
              url: "https://user:hunter2@example.org/services/T0001/c0ffeec0ffeec0ffee?key=k3y",
              proxy: "http://joe:pa55@proxy:3128", headers: { Authorization: "Bearer t0ken" } }
            """
        let effective = try ConfigurationWorld()
            .read(ConfigurationText.only(destination: text)).get()
        let shown = effective.render()
        #expect(shown.contains("https://***@example.org/services/T0001/***?key=***"))
        #expect(shown.contains("http://***@proxy:3128"))
        for secret in ["hunter2", "c0ffee", "k3y", "pa55", "t0ken"] {
            #expect(!shown.contains(secret))
            #expect(!"\(effective.configuration)".contains(secret))
        }
        guard case .http(let http) = effective.configuration.destinations[0].target else { return }
        #expect(http.url.revealed.contains("hunter2"))
    }

    /// At some services the path is the secret, however short it is.
    @Test func `a URL from elsewhere is shown as what leads to it`() throws {
        let world = ConfigurationWorld(variables: ["COPY_URL": "https://example.org/in/s3cret"])
        let effective = try world.read(
            ConfigurationText.only(destination: "{ kind: \"http\", url: \"env:COPY_URL\" }")
        ).get()
        let shown = try JSONValue.parse(effective.render())["destinations"]?["out"]?["url"]?.string
        #expect(shown == "env:COPY_URL")
        guard case .http(let http) = effective.configuration.destinations[0].target else { return }
        #expect(http.url.revealed == "https://example.org/in/s3cret")
    }

    @Test func `the inlet id of an inlet URL is shown`() throws {
        let text = """
            { kind: "platform", flowId: "f",
              inletURL: "https://inlet.example/collection/0123456789abcdef0123456789abcdef" }
            """
        let shown = try ConfigurationWorld()
            .read(ConfigurationText.only(destination: text)).get().render()
        #expect(shown.contains("/collection/0123456789abcdef0123456789abcdef\""))
    }

    @Test func `the smallest configuration has sensible defaults`() throws {
        let configuration = try ConfigurationWorld().read(ConfigurationText.whole()).get()
            .configuration
        #expect(configuration.intake.listen == .network(host: "127.0.0.1", port: 8080))
        #expect(configuration.admin == nil)
        #expect(configuration.storage.reserveBytes == 536_870_912)
        #expect(configuration.storage.retention.dead == Span("90d"))
        #expect(configuration.log.format == .auto)
        let destination = configuration.destinations[0]
        #expect(!destination.stamp)
        #expect(destination.ratePerSecond == 0)
        #expect(destination.concurrency.initial == 8)
        #expect(destination.timeoutMs == 30_000)
    }

    @Test func `references are followed to variables, files and credentials`() throws {
        let world = ConfigurationWorld(
            variables: ["DIR": "/elsewhere", "CREDENTIALS_DIRECTORY": "/run/credentials/h"],
            files: [
                "/run/credentials/h/token": .success(Array("from-a-credential\n".utf8)),
                "/secret": .success(Array("from-a-plain-file\r\n".utf8)),
            ])
        let text = """
            { dataDirectory: "env:DIR", admin: { token: "file:token" },
              sources: { chat: { kind: "chatlio", tokens: ["file:/secret"], destination: "out" } },
              destinations: { out: { kind: "http", url: "https://example.org/" } } }
            """
        let configuration = try world.read(text).get().configuration
        #expect(configuration.dataDirectory == "/elsewhere")
        #expect(configuration.admin?.token == Secret(text: "from-a-credential"))
        #expect(
            configuration.sources[0].kind == .chatlio(tokens: [Secret(text: "from-a-plain-file")]))
    }

    @Test(
        arguments: [
            ("0.0.0.0:8080", ListenAddress.network(host: "0.0.0.0", port: 8080)),
            ("[::]:0", .network(host: "::", port: 0)),
            ("unix:/run/h.sock", .unix(path: "/run/h.sock")),
            ("systemd", .systemd), ("localhost:65535", .network(host: "localhost", port: 65_535)),
        ])
    func `listen addresses are read and shown alike`(text: String, address: ListenAddress) {
        #expect(ListenAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", ":80", "h:", "h:65536", "h:-1", "unix:", "unix:run", "a b:1", "[::1]", "[a]:1",
    ])
    func `other listen addresses are refused`(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
