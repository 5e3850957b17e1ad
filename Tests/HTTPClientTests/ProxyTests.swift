import Foundation
import Glibc
import HTTPClient
import RelayTesting
import Testing

/// Proxies as they are run: tinyproxy for http and CONNECT, microsocks for SOCKS, both with a
/// password.
struct ProxyTests {
    private static let tinyproxy = Servant.find("tinyproxy")
    private static let microsocks = Servant.find("microsocks")
    private static let fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    let worker = HTTPWorker(label: "test")

    @Test(.enabled(if: tinyproxy != nil, "tinyproxy is not here"))
    func `https goes through a tunnel that the password opens`() async throws {
        let proxy = try Self.httpProxy()
        let server = try TLSServer()
        let request = ClientRequest(method: "GET", url: server.url)
        var policy = ClientPolicy(proxy: Self.url("http", proxy), caFile: server.caFile)
        #expect(await worker.post(request, policy).response?.status == 200)
        policy.proxy = Self.url("http", proxy, password: "wrong-password")
        let failure = await worker.post(request, policy).failure
        #expect(failure?.message.contains("wrong-password") == false)
        policy.proxy = "http://127.0.0.1:\(proxy.port)"
        let refusal = await worker.post(request, policy).failure
        #expect(
            refusal?.message.contains("407") == true,
            "the proxy's refusal is not the destination's answer")
        // The certificate is checked inside of the tunnel as well.
        policy.proxy = Self.url("http", proxy)
        policy.caFile = nil
        #expect(await worker.post(request, policy).failure?.kind == .tls)
        await worker.closed()
    }

    @Test(.enabled(if: tinyproxy != nil, "tinyproxy is not here"))
    func `plain http is handed to the proxy, whose refusal is seen`() async throws {
        let proxy = try Self.httpProxy()
        let server = ScriptedServer.answering(Self.fine)
        var policy = plain
        policy.proxy = Self.url("http", proxy)
        #expect(await worker.post(server.url, policy).response?.status == 200)
        #expect(server.acceptCount == 1)
        await worker.closed()
        // Another worker, because tinyproxy looks at the first request of a connection only; and
        // without a body, because it refuses without reading it, which resets the connection.
        let stranger = HTTPWorker(label: "stranger")
        policy.proxy = "http://127.0.0.1:\(proxy.port)"
        let request = ClientRequest(method: "GET", url: server.url)
        #expect(await stranger.post(request, policy).response?.status == 407)
        #expect(server.acceptCount == 1)
        await stranger.closed()
    }

    @Test(
        .enabled(if: microsocks != nil, "microsocks is not here"), arguments: ["socks5", "socks5h"])
    func `SOCKS with a password`(scheme: String) async throws {
        let proxy = try Servant(Self.microsocks ?? "") { _, port in
            ["-i", "127.0.0.1", "-p", "\(port)", "-u", "ana", "-P", "s3cret-pass"]
        }
        let server = ScriptedServer.answering(Self.fine)
        var policy = plain
        policy.proxy = Self.url(scheme, proxy)
        let named = "http://localhost:\(server.port)/in"
        #expect(await worker.post(named, policy).response?.status == 200)
        policy.proxy = Self.url(scheme, proxy, password: "wrong-password")
        let failure = await worker.post(named, policy).failure
        #expect(failure != nil)
        #expect(failure?.message.contains("wrong-password") == false)
        #expect(server.acceptCount == 1)
        await worker.closed()
    }

    @Test func `a proxy that is not there is a failure to connect`() async {
        let server = ScriptedServer.answering(Self.fine)
        var policy = plain
        policy.proxy = "http://127.0.0.1:\(ScriptedServer.closedPort())"
        #expect(await worker.post(server.url, policy).failure?.kind == .connect)
        policy.proxy = "http://proxy.invalid:3128"
        #expect(await worker.post(server.url, policy).failure?.kind == .resolve)
        #expect(server.acceptCount == 0)
        await worker.closed()
    }

    @Test(arguments: ["127.0.0.1", "example.org,127.0.0.0/8", "*"])
    func `hosts that need no proxy are reached without it`(exceptions: String) async {
        let server = ScriptedServer.answering(Self.fine)
        var policy = plain
        policy.proxy = "http://127.0.0.1:\(ScriptedServer.closedPort())"
        policy.noProxy = exceptions
        #expect(await worker.post(server.url, policy).response?.status == 200)
        policy.noProxy = "example.org"
        #expect(await worker.post(server.url, policy).failure?.kind == .connect)
        await worker.closed()
    }

    @Test func `the environment is never asked`() async {
        let names = ["http_proxy", "all_proxy", "ALL_PROXY"]
        let nowhere = "http://127.0.0.1:\(ScriptedServer.closedPort())"
        for name in names { unsafe setenv(name, nowhere, 1) }
        defer { for name in names { unsafe unsetenv(name) } }
        let server = ScriptedServer.answering(Self.fine)
        #expect(await worker.post(server.url).response?.status == 200)
        await worker.closed()
    }

    private static func httpProxy() throws -> Servant {
        try Servant(tinyproxy ?? "") { folder, port in
            let file = folder.appending(path: "tinyproxy.conf")
            try """
            Port \(port)
            Listen 127.0.0.1
            Timeout 60
            MaxClients 20
            BasicAuth ana s3cret-pass

            """.write(to: file, atomically: true, encoding: .utf8)
            return ["-d", "-c", file.path]
        }
    }

    private static func url(
        _ scheme: String, _ proxy: Servant, password: String = "s3cret-pass"
    ) -> String {
        "\(scheme)://ana:\(password)@127.0.0.1:\(proxy.port)"
    }
}
