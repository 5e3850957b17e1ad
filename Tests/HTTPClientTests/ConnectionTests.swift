import Dispatch
import HTTPClient
import RelayTesting
import Synchronization
import Testing

struct ConnectionTests {
    let worker = HTTPWorker(label: "test")
    private static let fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

    @Test func `a connection is kept and used again`() async {
        let server = ScriptedServer.answering(Self.fine)
        var reused: [Bool?] = []
        for _ in 0..<5 { reused.append(await worker.post(server.url).response?.reusedConnection) }
        #expect(reused == [false, true, true, true, true])
        #expect(server.acceptCount == 1)
        await worker.closed()
    }

    @Test func `a kept connection that the server has closed is replaced`() async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(Self.fine)
        }
        for index in 1...20 {
            #expect(await worker.post(server.url).response?.status == 200)
            while server.finishCount < index { await Task.yield() }
        }
        #expect(server.acceptCount == 20)
        await worker.closed()
    }

    @Test func `many transfers share a few connections`() async {
        let server = ScriptedServer.answering(Self.fine)
        var policy = plain
        policy.maxConnectionsPerHost = 8
        let limited = policy
        let statuses = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<500 {
                group.addTask { await worker.post(server.url, limited).response?.status }
            }
            return await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 500))
        #expect(server.acceptCount <= 8)
        #expect(worker.inFlight == 0)
        await worker.closed()
    }

    @Test func `requests that hang take no connections away from others`() async {
        let hanging = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.waitUntilClientCloses()
        }
        let server = ScriptedServer.answering(Self.fine)
        let slow = ClientRequest(url: hanging.url, timeoutMs: 600_000)
        for _ in 0..<100 { worker.send(slow, policy: plain) { _ in } }
        while hanging.acceptCount < 100 { await Task.yield() }
        #expect(await worker.post(server.url).response?.status == 200)
        // The same host by name and port, as two inlets of one destination have.
        let other = ClientRequest(url: hanging.url + "/other", timeoutMs: 600_000)
        worker.send(other, policy: plain) { _ in }
        while hanging.acceptCount < 101 { await Task.yield() }
        await worker.closed()
    }

    @Test func `connections that come and go leave no stale watch behind`() async {
        let closing = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nx")
        }
        let refused = "http://127.0.0.1:\(ScriptedServer.closedPort())/"
        let named = "http://localhost:\(closing.port)/"
        let good = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<300 {
                let url = index % 3 == 0 ? refused : index % 3 == 1 ? named : closing.url
                group.addTask {
                    // A lost event would be noticed by the connect timer and hide: keep it away.
                    let request = ClientRequest(
                        url: url, timeoutMs: 20_000, connectTimeoutMs: 60_000)
                    let outcome = await worker.post(request)
                    return index % 3 == 0
                        ? outcome.failure?.kind == .connect : outcome.response?.status == 200
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(good == 300)
        await worker.closed()
    }

    @Test func `completions may send again on the queue`() async {
        let server = ScriptedServer.answering(Self.fine)
        let left = Atomic<Int>(50)
        let worker = worker
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            @Sendable func next() {
                worker.send(ClientRequest(url: server.url), policy: plain) { outcome in
                    dispatchPrecondition(condition: .onQueue(worker.queue))
                    #expect(outcome.response?.status == 200)
                    if left.subtract(1, ordering: .relaxed).newValue > 0 {
                        next()
                    } else {
                        continuation.resume()
                    }
                }
            }
            next()
        }
        #expect(server.acceptCount == 1)
        await worker.closed()
    }

    @Test func `policies do not mix on pooled handles`() async {
        let server = ScriptedServer.answering(Self.fine)
        for _ in 0..<3 {
            #expect(await worker.post(server.url, plain).response?.status == 200)
            #expect(
                await worker.post(server.url, ClientPolicy()).failure?.kind == .refusedByPolicy)
        }
        await worker.closed()
    }
}
