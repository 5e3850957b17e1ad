import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

struct TokenTests {
    private let platform = LocalPlatform()

    private func ask(
        client: String = BuiltIn.clientID, secret: String = BuiltIn.clientSecret,
        grant: String = "client_credentials"
    ) -> Reply {
        platform.ask(
            "POST", "/ims/token/v3",
            "grant_type=\(grant)&client_id=\(client)&client_secret=\(secret)&scope=openid%2CAdobeID"
        )
    }

    @Test func `a token lives nearly a day, told in seconds`() {
        let reply = ask()
        #expect(reply.status == 200)
        #expect(reply.at("/token_type") == "bearer")
        #expect(reply.at("/expires_in") == 86_399)
        #expect(reply.at("/access_token")?.string?.isEmpty == false)
    }

    @Test func `its life can be short, and told in milliseconds as of old`() {
        platform.simulator.settings.tokenLifeSeconds = 5
        platform.simulator.settings.reportsLifeInMilliseconds = true
        #expect(ask().at("/expires_in") == 5000)
    }

    @Test func `a wrong secret or an unknown client is invalid_client`() {
        #expect(ask(secret: "wrong").at("/error") == "invalid_client")
        #expect(ask(client: "nobody").status == 400)
        platform.simulator.settings.invalidClientStatus = 401
        #expect(ask(secret: "wrong").status == 401)
    }

    @Test func `several secrets are good at once during a rotation`() {
        platform.simulator.addClient(id: "c", secrets: ["old", "new"])
        #expect(ask(client: "c", secret: "old").status == 200)
        #expect(ask(client: "c", secret: "new").status == 200)
    }

    @Test func `another grant is refused`() {
        #expect(ask(grant: "authorization_code").at("/error") == "unsupported_grant_type")
    }

    @Test func `parameters may stand in the query`() {
        let reply = platform.ask(
            "POST",
            "/ims/token/v3?grant_type=client_credentials&client_id=\(BuiltIn.clientID)"
                + "&client_secret=\(BuiltIn.clientSecret)&scope=openid")
        #expect(reply.status == 200)
    }

    @Test func `who asks too often is throttled`() {
        platform.simulator.settings.tokensPerMinute = 2
        #expect((0..<3).map { _ in ask().status } == [200, 200, 429])
        platform.clock.advance(ms: 60_000)
        #expect(ask().status == 200)
    }

    @Test func `the token endpoint can be made to fail as any other`() throws {
        try platform.script(["match": ["endpoint": "token"], "action": ["status": 503], "times": 1])
        #expect(ask().status == 503)
        #expect(ask().status == 200)
    }
}
