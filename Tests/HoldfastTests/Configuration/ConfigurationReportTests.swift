import RelayCore
import Testing

@testable import holdfast

struct ConfigurationReportTests {
    @Test func `all problems are reported at once, in the order of the file`() {
        let text = """
            {
              sources: {
                "bad name": { kind: "chatlio", tokens: ["short"], destination: "platfrom" },
                shop: { kind: "generic", verify: { scheme: "github" }, hoks: {} },
              },
              destinations: {
                platform: { kind: "platform", timeoutMs: 0, inletURL: "http://h/", stmap: true },
              },
              log: { level: 3 },
            }
            """
        guard case .failure(let report) = ConfigurationWorld().read(text) else {
            Issue.record("a broken configuration was accepted")
            return
        }
        #expect(
            report.render() == """
                dataDirectory: is required
                sources."bad name": a name is made of letters, digits, "-", "_" and ".", a letter \
                or digit first
                sources."bad name".tokens[0]: a secret of 5 bytes is too short; at least 16
                sources."bad name".destination: no destination is called "platfrom"; did you mean \
                platform?
                sources.shop.hooks: is required
                sources.shop.verify.secrets: is required
                sources.shop.hoks: unknown key; did you mean hooks?
                destinations.platform.flowId: is required for raw data
                destinations.platform.timeoutMs: 0 is below 100
                destinations.platform.inletURL: must be https (or set allowPlainHTTP: true on the \
                destination)
                destinations.platform.stmap: unknown key; did you mean stamp?
                log.level: must be a string, not a number

                """)
    }

    @Test(
        arguments: [
            (
                "{ dataDirectory: \"/d\"\n  log: {} }",
                "holdfast.json5:2:3: a comma or “}” was expected, not “l”"
            ),
            ("[]", "holdfast.json5: must be an object, not a list"),
            ("", "holdfast.json5:1:1: the text ends where a value was expected"),
        ])
    func `a text that is no configuration is reported with its place`(text: String, problem: String)
    {
        #expect(ConfigurationWorld().problems(text) == [problem])
    }

    @Test func `an empty object lacks what is required`() {
        #expect(
            ConfigurationWorld().problems("{}") == [
                "dataDirectory: is required", "sources: is required", "destinations: is required",
            ])
        #expect(
            ConfigurationWorld().problems(
                "{ dataDirectory: \"/d\", sources: {}, destinations: {} }")
                == ["sources: needs at least one entry", "destinations: needs at least one entry"])
    }

    @Test func `names that stand twice and shared inlets are reported`() {
        let text = """
            { dataDirectory: "/d",
              sources: { a: { kind: "platform-inlet", inletId: "x", destination: "out" },
                         b: { kind: "platform-inlet", inletId: "x", destination: "out" } },
              destinations: { out: { kind: "http", url: "https://example.org/" },
                              out: { kind: "http", url: "https://example.org/" } } }
            """
        #expect(
            ConfigurationWorld().problems(text) == [
                "sources.b.inletId: source a has the same", "destinations.out: stands here twice",
            ])
    }

    @Test func `a source needs a destination for each of its hooks`() {
        let text = """
            { dataDirectory: "/d",
              sources: {
                chat: { kind: "chatlio", tokens: "0123456789abcdef",
                        hooks: { feedback: { destination: "out" }, transcript: {} } },
                shop: { kind: "generic", verify: { scheme: "token", tokens: "0123456789abcdef" },
                        hooks: { created: {} } },
                inlet: { kind: "platform-inlet", inletId: "batch" },
              },
              destinations: { out: { kind: "http", url: "https://example.org/" } } }
            """
        #expect(
            ConfigurationWorld().problems(text) == [
                "sources.chat.destination: is required",
                "sources.chat.hooks.transcript.destination: is required, since the source has none",
                "sources.shop.hooks.created.destination: is required, since the source has none",
                "sources.inlet.destination: is required",
                "sources.inlet.inletId: batch is a path of Platform's own",
            ])
    }

    @Test func `a file is read through the environment`() {
        var world = ConfigurationWorld()
        world.files["/c"] = .success(Array(ConfigurationText.whole().utf8))
        #expect(throws: Never.self) {
            _ = try ConfigurationReader.read(file: "/c", in: world.environment).get()
        }
        #expect(throws: ConfigurationReport.self) {
            _ = try ConfigurationReader.read(file: "/d", in: world.environment).get()
        }
    }
}
