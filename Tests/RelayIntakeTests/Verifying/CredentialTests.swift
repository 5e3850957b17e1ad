import HTTPServer
import RelayIntake
import Signing
import Testing

@Suite struct CredentialTests {
    private func head(_ values: String...) -> RequestHead {
        RequestHead(
            method: "POST", path: "/",
            headers: values.map { HeaderField(name: "Authorization", value: $0) })
    }

    private func basic(_ pair: String) -> String { "Basic " + Base64.encode(Array(pair.utf8)) }

    @Test func `basic takes the user with any of the passwords`() throws {
        let check = try #require(
            CredentialCheck(
                username: "ana", passwords: [Secret(text: "pass:word"), Secret(text: "second")]))
        #expect(check.accepts(head(basic("ana:pass:word"))))
        #expect(check.accepts(head(basic("ana:second"))))
        #expect(check.accepts(head("bAsIc  " + Base64.encode(Array("ana:second".utf8)))))
        let refused = [
            "ana", "ana:", ":second", "ana:pass", "Ana:second", "ana:second ", "an:a:second",
            "ana:second\u{0}", "",
        ]
        for pair in refused { #expect(!check.accepts(head(basic(pair))), "\(pair)") }
        let malformed = [
            "", "Basic", "Basic ", "Basic %%%", "Bearer second", "second",
            "Basic" + Base64.encode(Array("ana:second".utf8)), "Basic YW5hOnNlY29uZA=",
        ]
        for value in malformed { #expect(!check.accepts(head(value)), "\(value)") }
        #expect(!check.accepts(head()))
        #expect(!check.accepts(head(basic("ana:second"), basic("ana:second"))))
    }

    @Test func `bearer takes any of the tokens`() throws {
        let check = try #require(
            CredentialCheck(tokens: [Secret(text: "first-token"), Secret(text: "second-token")]))
        #expect(check.accepts(head("Bearer first-token")))
        #expect(check.accepts(head("bearer second-token")))
        for value in ["Bearer", "Bearer ", "Bearer first", "Bearer first-token2", "first-token"] {
            #expect(!check.accepts(head(value)), "\(value)")
        }
        #expect(!check.accepts(head("Bearer first-token", "Bearer first-token")))
    }

    @Test func `without a secret there is no check`() {
        #expect(CredentialCheck(tokens: []) == nil)
        #expect(CredentialCheck(tokens: [Secret([])]) == nil)
        #expect(CredentialCheck(username: "ana", passwords: [Secret([])]) == nil)
    }
}
