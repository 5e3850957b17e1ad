import RelayCore
import Testing

@testable import holdfast

/// Every kind of problem with its exact text.
struct ConfigurationProblemTests {
    private let world = ConfigurationWorld(
        variables: [
            "KEPTURL": "ftp-se-cret://host/", "EMPTY": "", "SHORT": "abc", "KEPT": "se\"cret",
            "LONGER": "se\"cret-and-more",
        ],
        files: [
            "/locked": .failure(.notPermitted), "/dir": .failure(.isDirectory),
            "/empty": .success(Array("\n".utf8)), "/binary": .success([0xFF, 0xFE]),
            "/cert": .success([0x2D]),
        ])

    @Test(
        arguments: [
            ("intake: { listen: 8080 }", "intake.listen: must be a string, not a number"),
            ("intake: []", "intake: must be an object, not a list"),
            (
                "intake: { listen: \"localhost\" }",
                "intake.listen: \"localhost\" is not \"host:port\", \"unix:/path\" or \"systemd\""
            ),
            (
                "intake: { listen: \"unix:/\(String(repeating: "s", count: 107))\" }",
                "intake.listen: /\(String(repeating: "s", count: 107)): 108 bytes are too long for "
                    + "the path of a unix socket, which has at most 107; choose a shorter one"
            ),
            (
                "intake: { listen: \"::1:80\" }",
                "intake.listen: \"::1:80\" is not \"host:port\", \"unix:/path\" or \"systemd\""
            ),
            (
                "intake: { listen: \"env:KEPT\" }",
                "intake.listen: \"env:KEPT\" is not \"host:port\", \"unix:/path\" or \"systemd\""
            ),
            (
                "intake: { maxBodybytes: 5 }",
                "intake.maxBodybytes: unknown key; did you mean maxBodyBytes?"
            ),
            (
                "log: { colour: true }",
                "log.colour: unknown key; known here: level, format"
            ),
            ("intake: { maxBodyBytes: 0 }", "intake.maxBodyBytes: 0 is below 1"),
            (
                "intake: { maxBodyBytes: 1.5 }",
                "intake.maxBodyBytes: 1.5 is no whole number, or too large"
            ),
            (
                "intake: { bodyTimeoutMs: \"1s\" }",
                "intake.bodyTimeoutMs: must be a number, not a string"
            ),
            ("intake: { bodyTimeoutMs: 600001 }", "intake.bodyTimeoutMs: 600001 is above 600000"),
            (
                "intake: { tls: { certificate: \"/cert\", key: \"/locked\" } }",
                "intake.tls.key: cannot read /locked: permission denied"
            ),
            ("intake: { tls: { certificate: \"/cert\" } }", "intake.tls.key: is required"),
            (
                "intake: { publicURL: \"hooks.example.org\" }",
                "intake.publicURL: is no URL such as https://host/path"
            ),
            (
                "intake: { publicURL: \"https://h:99999999999999999999/x\" }",
                "intake.publicURL: is no URL such as https://host/path"
            ),
            (
                "intake: { publicURL: \"https://h:65536\" }",
                "intake.publicURL: is no URL such as https://host/path"
            ),
            (
                "intake: { publicURL: \"https://h/?x=1\" }",
                "intake.publicURL: must end before the query: /hooks/… is put behind it"
            ),
            (
                "intake: { publicURL: \"env:LONGER\" }",
                "intake.publicURL: is no URL such as https://host/path"
            ),
            (
                "intake: { publicURL: \"env:KEPTURL\" }",
                "intake.publicURL: the scheme is not https or http"
            ),
            (
                "intake: { publicURL: \"ftp://h/\" }",
                "intake.publicURL: scheme ftp is not https or http"
            ),
            (
                "admin: { listen: \"9080\" }",
                "admin.listen: \"9080\" is not \"host:port\", \"unix:/path\" or \"systemd\""
            ),
            (
                "admin: { token: \"env:NOPE\" }",
                "admin.token: environment variable NOPE is not set"
            ),
            (
                "admin: { token: \"env:EMPTY\" }",
                "admin.token: environment variable EMPTY is empty"
            ),
            (
                "admin: { token: \"env:SHORT\" }",
                "admin.token: a secret of 3 bytes is too short; at least 16"
            ),
            ("admin: { token: \"file:/nope\" }", "admin.token: cannot read /nope: no such file"),
            (
                "admin: { token: \"file:/dir\" }",
                "admin.token: cannot read /dir: it is a directory"
            ),
            ("admin: { token: \"file:/empty\" }", "admin.token: file /empty is empty"),
            ("admin: { token: \"file:/binary\" }", "admin.token: file /binary is not UTF-8"),
            (
                "admin: { token: \"file:admin\" }",
                "admin.token: file:admin needs $CREDENTIALS_DIRECTORY, which is not set"
            ),
            (
                "admin: { token: \"file:a/b\" }",
                "admin.token: file: takes an absolute path, or a name without a slash"
            ),
            (
                "storage: { retention: { dead: \"90\" } }",
                "storage.retention.dead: \"90\" is no span such as \"100ms\", "
                    + "\"1s\", \"10m\" or \"7d\""
            ),
            (
                "storage: { retention: { dead: 90 } }",
                "storage.retention.dead: must be a span such as \"10m\", not a number"
            ),
            (
                "storage: { retention: { dead: \"1s\" } }",
                "storage.retention.dead: 1s is below 1m"
            ),
            (
                "storage: { retention: { dead: \"9999d\" } }",
                "storage.retention.dead: 9999d is above 3650d"
            ),
            ("storage: { reserveBytes: -1 }", "storage.reserveBytes: -1 is below 0"),
            (
                "log: { level: \"warn\" }",
                "log.level: \"warn\" is not debug, info, warning or error; did you mean warning?"
            ),
            (
                "log: { level: \"loud\" }",
                "log.level: \"loud\" is not debug, info, warning or error"
            ),
            ("log: {}, log: {}", "log: stands here twice"),
            ("storrage: {}", "storrage: unknown key; did you mean storage?"),
        ])
    func `a wrong setting outside sources and destinations is named`(top: String, problem: String) {
        #expect(world.problems(ConfigurationText.whole(top: top)) == [problem])
    }

    @Test(
        arguments: [
            ("dedupWindow: \"31d\"", "sources.chat.dedupWindow: 31d is above 30d"),
            (
                "lane: \"conversationUUID\"",
                "sources.chat.lane: \"conversationUUID\": a JSON pointer is empty or begins with /"
            ),
            ("lane: \"/a~2\"", "sources.chat.lane: \"/a~2\": in a~2, ~ must be followed by 0 or 1"),
            ("lanePolicy: \"wait\"", "sources.chat.lanePolicy: \"wait\" is not skip or block"),
            (
                "hooks: { transcrpt: {} }",
                "sources.chat.hooks.transcrpt: unknown key; did you mean transcript?"
            ),
            (
                "hooks: { feedback: { destination: \"put\" } }",
                "sources.chat.hooks.feedback.destination: no destination is called \"put\"; "
                    + "did you mean out?"
            ),
            (
                "hooks: { feedback: { destination: [] } }",
                "sources.chat.hooks.feedback.destination: needs at least one entry"
            ),
            (
                "hooks: { feedback: { destination: [\"out\", \"out\"] } }",
                "sources.chat.hooks.feedback.destination[1]: stands here twice"
            ),
            (
                "hooks: { feedback: { destination: [\"out\", \"elsewhere\"] } }",
                "sources.chat.hooks.feedback.destination[1]: no destination is called \"elsewhere\""
            ),
            (
                "verify: { scheme: \"github\" }",
                "sources.chat.verify: unknown key; known here: kind, destination, tokens, hooks, "
                    + "dedupWindow, lane, lanePolicy"
            ),
        ])
    func `a wrong setting of a source is named`(source: String, problem: String) {
        #expect(world.problems(ConfigurationText.whole(source: source)) == [problem])
    }

    @Test(
        arguments: [
            ("timeoutMs: 0", "destinations.out.timeoutMs: 0 is below 100"),
            ("timeoutms: 500", "destinations.out.timeoutms: unknown key; did you mean timeoutMs?"),
            (
                "timeoutMs: 1000, connectTimeoutMs: 2000",
                "destinations.out.connectTimeoutMs: 2000 is above timeoutMs (1000)"
            ),
            (
                "concurrency: { initial: 9, max: 4 }",
                "destinations.out.concurrency.initial: 9 is above max (4)"
            ),
            (
                "retry: { first: \"2h\", cap: \"1h\" }",
                "destinations.out.retry.cap: 1h is below first (2h)"
            ),
            ("retry: { factor: 0.5 }", "destinations.out.retry.factor: 0.5 is below 1"),
            (
                "retry: { factor: true }",
                "destinations.out.retry.factor: must be a number, not a boolean"
            ),
            (
                "retry: { onExpiry: \"drop\" }",
                "destinations.out.retry.onExpiry: \"drop\" is not expired or dead"
            ),
            (
                "batch: { maxBytes: 1000000 }",
                "destinations.out.batch.maxBytes: 1000000 is above 999999"
            ),
            ("stamp: \"yes\"", "destinations.out.stamp: must be true or false, not a string"),
            (
                "headers: { \"bad name\": \"x\" }",
                "destinations.out.headers.\"bad name\": \"bad name\" is no header name"
            ),
            (
                "headers: { \"x-a\": \"a\\nb\" }",
                "destinations.out.headers.x-a: a header value has no control characters"
            ),
            (
                "headers: { Host: \"a\" }",
                "destinations.out.headers.Host: is set by the relay itself"
            ),
            (
                "proxy: \"ldap://p\"",
                "destinations.out.proxy: scheme ldap is not http or https or socks5 or socks5h"
            ),
            ("caFile: \"/nope\"", "destinations.out.caFile: cannot read /nope: no such file"),
            ("hmac: {}", "destinations.out.hmac.secret: is required"),
            (
                "hmac: { secret: null }",
                "destinations.out.hmac.secret: must be a string, not null"
            ),
            (
                "sandboxName: \"a b\"",
                "destinations.out.sandboxName: \"a b\" has blanks or other than ASCII characters"
            ),
            ("sandboxName: \"\"", "destinations.out.sandboxName: is empty"),
            (
                "schemaRef: \"x\"",
                "destinations.out.schemaRef: means nothing without dataType: \"xdm\""
            ),
            (
                "auth: { kind: \"ouath\" }",
                "destinations.out.auth.kind: \"ouath\" is not oauth or none; did you mean oauth?"
            ),
            (
                "auth: { kind: \"oauth\", clientId: \"a\", "
                    + "clientSecret: [\"12345678\", \"short\"] }",
                "destinations.out.auth.clientSecret[1]: "
                    + "a secret of 5 bytes is too short; at least 8"
            ),
            (
                "auth: { kind: \"oauth\", clientId: \"a\", clientSecret: \"12345678\", "
                    + "tokenURL: \"http://ims.example/token\" }",
                "destinations.out.auth.tokenURL: must be https (or set allowPlainHTTP: true on the "
                    + "destination)"
            ),
        ])
    func `a wrong setting of a destination is named`(destination: String, problem: String) {
        #expect(world.problems(ConfigurationText.whole(destination: destination)) == [problem])
    }

    @Test(
        arguments: [
            ("{}", ["destinations.out.kind: is required: platform or http"]),
            (
                "{ kind: \"platfrom\", nonsense: 1 }",
                [
                    "destinations.out.kind: \"platfrom\" is not platform or http; "
                        + "did you mean platform?"
                ]
            ),
            ("{ kind: \"http\" }", ["destinations.out.url: is required"]),
            (
                "{ kind: \"platform\" }",
                [
                    "destinations.out.inletURL: is required",
                    "destinations.out.flowId: is required for raw data",
                ]
            ),
            (
                "{ kind: \"platform\", inletURL: \"https://h/c\", dataType: \"xdm\" }",
                [
                    "destinations.out.schemaRef: is required",
                    "destinations.out.datasetId: is required",
                ]
            ),
            (
                "{ kind: \"http\", url: \"http://example.org/\" }",
                [
                    "destinations.out.url: must be https "
                        + "(or set allowPlainHTTP: true on the destination)"
                ]
            ),
            (
                "{ kind: \"http\", url: \"https://example.org/\", "
                    + "sign: { scheme: \"standard-webhooks\", "
                    + "secret: \"whsec_!\" } }",
                [
                    "destinations.out.sign.secret: is no base64 "
                        + "(a Standard Webhooks secret is whsec_ and base64)"
                ]
            ),
            ("3", ["destinations.out: must be an object, not a number"]),
        ])
    func `a destination that is wrong as a whole is named`(destination: String, problems: [String])
    {
        #expect(world.problems(ConfigurationText.only(destination: destination)) == problems)
    }

    @Test func `of what two references lead to none tells a part of the other`() {
        let top = #"intake: { listen: "env:KEPT" }, log: { level: "env:LONGER" }"#
        let problems = world.problems(ConfigurationText.whole(top: top))
        #expect(problems.count == 2 && problems[0].contains(#""env:KEPT" is not"#))
        #expect(problems[1].hasPrefix(#"log.level: "env:LONGER" is not"#), "\(problems)")
    }

    @Test(arguments: ["http://127.0.0.1:8/", "http://localhost/", "http://[::1]:9/x"])
    func `plain http is allowed to this machine itself`(url: String) {
        let text = "{ kind: \"http\", url: \"\(url)\" }"
        #expect(world.problems(ConfigurationText.only(destination: text)) == [])
    }

    @Test func `plain http is allowed where the destination says so`() {
        let text = "{ kind: \"http\", url: \"http://example.org/\", allowPlainHTTP: true }"
        #expect(world.problems(ConfigurationText.only(destination: text)) == [])
    }

    @Test func `a flow id may stand in the inlet URL's query`() {
        let text = "{ kind: \"platform\", inletURL: \"https://h/c/1?x-adobe-flow-id=f\" }"
        #expect(world.problems(ConfigurationText.only(destination: text)) == [])
    }
}
