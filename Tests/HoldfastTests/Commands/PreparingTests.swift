import RelayCore
import Testing

@testable import holdfast

struct PreparingTests {
    private static let configuration = """
        {
          dataDirectory: "trial-data",
          intake: { listen: "0.0.0.0:8080", publicURL: "https://hooks.example.org/" },
          sources: {
            chatlio: { kind: "chatlio", tokens: ["env:TOKEN"], destination: "copy" },
            orders: { kind: "generic", verify: { scheme: "github", secrets: ["env:SECRET"] },
                      hooks: { created: { destination: "copy" } } },
          },
          destinations: { copy: { kind: "http", url: "http://127.0.0.1:9/in" } },
        }
        """
    private static let variables = [
        "TOKEN": "tokenTOKENtokenTOKENtokenTOKEN", "SECRET": "secretSECRETsecretSECRET12345678",
    ]

    private func run(_ words: String..., text: String? = nil) -> CommandRun {
        CommandRun(
            words, variables: Self.variables, files: ["c": text ?? Self.configuration])
    }

    @Test func `urls prints each hook with its token`() {
        let run = run("urls", "--config", "c", "--json")
        #expect(run.code == .done)
        #expect(run.lines.count == 6)
        #expect(run.json()?.object?.keys == ["source", "hook", "url", "verify"])
        #expect(
            run.json()?["url"]?.string
                == "https://hooks.example.org/hooks/chatlio/transcript/"
                + "tokenTOKENtokenTOKENtokenTOKEN")
        #expect(run.json(5)?["url"] == "https://hooks.example.org/hooks/orders/created")
        #expect(run.json(5)?["verify"] == "signed, X-Hub-Signature-256")
        #expect(!run.output.contains("secretSECRET"))
    }

    @Test func `urls without a public address says so, and keeps to one source`() {
        let text = Self.configuration.replacing(
            #", publicURL: "https://hooks.example.org/""#, with: "")
        let run = run("urls", "--config", "c", "--source", "orders", text: text)
        #expect(run.output.contains("http://localhost:8080/hooks/orders/created"))
        #expect(!run.output.contains("chatlio"))
        #expect(run.messages.contains("this machine only"))
        #expect(self.run("urls", "--config", "c", "--source", "order").code == .usage)
        let other = self.run("urls", "--config", "c", "--base", "https://h/in//", text: text)
        #expect(other.output.contains("https://h/in/hooks/orders/"))
        for base in ["h", "ftp://h", "https://h/?x=1", "https://h:0"] {
            #expect(self.run("urls", "--config", "c", "--base", base).code == .usage)
        }
    }

    @Test func `check prints what is in force, without secrets`() {
        let run = run("check", "--config", "c")
        #expect(run.code == .done)
        #expect(run.output.contains("\"dataDirectory\": \"trial-data\""))
        #expect(!run.output.contains("tokenTOKEN"))
        #expect(!run.output.contains("secretSECRET"))
    }

    @Test func `check reports every problem and leaves with 2`() {
        let text = Self.configuration.replacing("listen", with: "lisen")
            .replacing(#"kind: "http""#, with: #"kind: "http", timeoutMs: 0"#)
        let run = run("check", "--config", "c", text: text)
        #expect(run.code == .usage)
        #expect(run.output.isEmpty)
        #expect(run.messages.contains("intake.lisen"))
        #expect(run.messages.contains("destinations.copy.timeoutMs: 0 is below 100"))
        #expect(run.messages.contains("2 problems"))
        #expect(CommandRun(["check"]).messages.contains("--config FILE is missing"))
    }

    @Test func `check online says which destination is not there`() {
        let run = run("check", "--config", "c", "--online")
        #expect(run.code == .failed)
        #expect(run.output.hasPrefix("copy: failed: 127.0.0.1 was not reached"))
    }

    @Test func `send names what is wrong before it sends`() {
        #expect(run("send", "chatlio", "feedbak", "--config", "c").messages.contains("feedback"))
        #expect(run("send", "nobody", "feedback", "--config", "c").code == .usage)
        #expect(run("send", "orders", "created", "--config", "c").code == .failed)
        #expect(run("send", "chatlio", "feedback").code == .usage)
        #expect(run("send", "chatlio", "feedback", "--url", "http://127.0.0.1:9").code == .usage)
        let away = run(
            "send", "chatlio", "feedback", "--url",
            "http://127.0.0.1:9/hooks/chatlio/feedback/tokenTOKEN")
        #expect(away.code == .failed)
        #expect(away.messages.contains("is 'holdfast serve' running?"))
        #expect(!away.messages.contains("tokenTOKEN"))
    }

    @Test(arguments: HookSettings.chatlioNames)
    func `there is a sample for each of Chatlio's hooks`(hook: String) throws {
        var random = SystemRandomNumberGenerator()
        let now = Timestamp(milliseconds: 1_780_000_000_000)
        let one = try #require(ChatlioSample.body(of: hook, now: now, using: &random))
        let other = try #require(ChatlioSample.body(of: hook, now: now, using: &random))
        let value = try JSONValue.parse(one)
        #expect((value["conversationUUID"] == nil) == (hook == "offline-message"))
        #expect(one != other)
    }

    @Test func `a token is long, new and safe in a URL`() {
        let one = run("token", "new", "chatlio").output
        let other = run("token", "new", "chatlio", "--config", "c").output
        #expect(one != other)
        #expect(one.count == 33)
        #expect(one.dropLast().utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F || $0 >= 0x30 })
        #expect(run("token", "new", "nobody", "--config", "c").code == .usage)
        #expect(run("token", "old", "chatlio").code == .usage)
    }
}
