import RelayCore
import Testing

@testable import holdfast

struct VerifyProblemTests {
    private static let secret = "secrets: [\"0123456789abcdef\"]"
    private static let hmac = "scheme: \"hmac\", \(secret), header: \"X-Sig\""

    @Test(
        arguments: [
            (
                "{}",
                "verify.scheme: is required: standard-webhooks, github, stripe, shopify, slack, "
                    + "hmac, basic, bearer or token"
            ),
            (
                "{ scheme: \"gihub\" }",
                "verify.scheme: \"gihub\" is not standard-webhooks, github, "
                    + "stripe, shopify, slack, hmac, basic, bearer or token; did you mean github?"
            ),
            ("{ scheme: \"github\" }", "verify.secrets: is required"),
            ("{ scheme: \"github\", secrets: [] }", "verify.secrets: needs at least one entry"),
            (
                "{ scheme: \"github\", \(secret), tolerance: \"5m\" }",
                "verify.tolerance: unknown key; known here: scheme, secrets"
            ),
            (
                "{ scheme: \"slack\", \(secret), tolerance: \"2d\" }",
                "verify.tolerance: 2d is above 1d"
            ),
            ("{ scheme: \"standard-webhooks\" }", "verify.secrets: is required"),
            (
                "{ scheme: \"standard-webhooks\", secrets: [\"whsec_AQID\"] }",
                "verify.secrets[0]: a key of 3 bytes is too short; at least 16"
            ),
            (
                "{ scheme: \"standard-webhooks\", publicKeys: [\"whpk_AQID\"] }",
                "verify.publicKeys[0]: is no ed25519 public key (whpk_ and base64 of 32 bytes)"
            ),
            (
                "{ scheme: \"basic\", username: \"a:b\", passwords: [\"12345678\"] }",
                "verify.username: a user name has no colon"
            ),
            (
                "{ scheme: \"basic\", username: \"a\", passwords: [\"1234567\"] }",
                "verify.passwords[0]: a secret of 7 bytes is too short; at least 8"
            ),
            ("{ scheme: \"bearer\" }", "verify.tokens: is required"),
            ("{ \(hmac), header: \"X Sig\" }", "verify.header: \"X Sig\" is no header name"),
            (
                "{ \(hmac), element: \"equals\" }",
                "verify.versions: is required with element equals"
            ),
            ("{ \(hmac), versions: [\"v1\"] }", "verify.versions: means nothing with element bare"),
            (
                "{ \(hmac), content: \"{timestamp}.{body}\" }",
                "verify.content: {timestamp} needs timestampHeader or timestampElement"
            ),
            ("{ \(hmac), content: \"{id}.{body}\" }", "verify.content: {id} needs idHeader"),
            (
                "{ \(hmac), content: \"{timestamp}\" }",
                "verify.content: \"{timestamp}\" is no template with {body}, {timestamp}, {id} and "
                    + "{header:NAME}, {body} at least"
            ),
            (
                "{ \(hmac), timestampElement: \"t\" }",
                "verify.timestampElement: means nothing with element bare"
            ),
            (
                "{ \(hmac), element: \"equals\", versions: \"v1\", timestampElement: \"t\", "
                    + "timestampHeader: \"X-T\" }",
                "verify.timestampElement: means nothing beside timestampHeader"
            ),
            (
                "{ \(hmac), idHeader: \"X-Id\", idPointer: \"/id\" }",
                "verify.idPointer: means nothing beside idHeader"
            ),
            (
                "{ \(hmac), keyEncoding: \"hex\", keyPrefix: \"k_\", "
                    + "secrets: [\"k_0123456789abcdeg\"] }",
                "verify.secrets[0]: is no hex"
            ),
        ])
    func `a wrong verify setting is named`(verify: String, problem: String) {
        let problems = ConfigurationWorld().problems(ConfigurationText.generic(verify: verify))
        // A key that a case repeats to override it is a problem of its own; not the subject here.
        let relevant = problems.filter { !$0.hasSuffix("stands here twice") }
        #expect(relevant == ["sources.shop.\(problem)"])
    }

    @Test func `templates are cut into their parts`() {
        #expect(
            SignedContentTemplate("v0:{header:X-Time}:{body}!")?.parts
                == [.literal("v0:"), .header("X-Time"), .literal(":"), .body, .literal("!")])
        for text in ["", "{body", "body}", "{bodi}", "{header:}{body}", "{body}}", "{timestamp}"] {
            #expect(SignedContentTemplate(text) == nil)
        }
    }
}
