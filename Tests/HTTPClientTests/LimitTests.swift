import HTTPClient
import RelayTesting
import Testing

struct LimitTests {
    let worker = HTTPWorker(label: "test")

    @Test func `a body over the limit is cut, flagged and the connection kept`() async {
        let body = String(repeating: "x", count: 5_000)
        let server = ScriptedServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n\(body)")
        var policy = plain
        policy.responseBodyLimitBytes = 1_000
        for _ in 0..<2 {
            let response = await worker.post(server.url, policy).response
            #expect(response?.status == 200)
            #expect(response?.body.count == 1_000)
            #expect(response?.bodyTruncated == true)
        }
        #expect(server.acceptCount == 1)
        await worker.closed()
    }

    @Test func `an endless body is cut at the hard cap and its status told`() async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 202 Accepted\r\n\r\n")
            while connection.write(String(repeating: "x", count: 4_096)) {}
        }
        var policy = plain
        policy.responseBodyLimitBytes = 1_000
        let response = await worker.post(server.url, policy).response
        #expect(response?.status == 202)
        #expect(response?.body.count == 1_000)
        #expect(response?.bodyTruncated == true)
        await worker.closed()
    }

    @Test func `an endless header is a protocol error`() async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\n")
            while connection.write("X-More: \(String(repeating: "y", count: 500))\r\n") {}
        }
        let failure = await worker.post(server.url).failure
        #expect(failure?.kind == .protocolError)
        #expect(failure?.requestMayHaveArrived == true)
        await worker.closed()
    }

    @Test func `endless interim answers are a protocol error`() async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            while connection.write("HTTP/1.1 103 Early\r\nX: 1\r\n\r\n") {}
        }
        #expect(await worker.post(server.url).failure?.kind == .protocolError)
        await worker.closed()
    }

    @Test func `waiting for a free connection counts towards the timeout`() async {
        let server = ScriptedServer { $0.waitUntilClientCloses() }
        var policy = plain
        policy.maxConnectionsPerHost = 1
        let limited = policy
        let request = ClientRequest(url: server.url, timeoutMs: 300)
        let slow = ClientRequest(url: server.url, timeoutMs: 60_000)
        worker.send(slow, policy: limited) { _ in }
        let failure = await worker.post(request, limited).failure
        #expect(failure?.kind == .timeout)
        #expect(failure?.requestMayHaveArrived == false)
        #expect(server.acceptCount <= 1)
        await worker.closed()
    }
}
