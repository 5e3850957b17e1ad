import Dispatch
import HTTPClient
import RelayTesting
import Synchronization
import Testing

struct CancellationTests {
    let worker = HTTPWorker(label: "test")

    @Test func `a cancelled transfer ends with cancelled, others go on`() async {
        let server = ScriptedServer { connection in
            guard let request = connection.readRequest() else { return }
            if request.hasPrefix("POST /in/stuck") { return connection.waitUntilClientCloses() }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let outcome = await withCheckedContinuation { continuation in
            let request = ClientRequest(url: server.url + "/stuck")
            let id = worker.send(request, policy: plain) { continuation.resume(returning: $0) }
            worker.cancel(id)
            worker.cancel(id)
        }
        #expect(outcome.failure?.kind == .cancelled)
        #expect(await worker.post(server.url).response?.status == 200)
        await worker.closed()
    }

    /// Curl closes the socket of an unfinished connect behind the client's back.
    @Test func `cancelling while connecting leaves no stale watch`() async {
        let server = ScriptedServer { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let worker = worker
        for _ in 0..<200 {
            await withCheckedContinuation { continuation in
                worker.queue.async {
                    let request = ClientRequest(url: server.url)
                    let id = worker.send(request, policy: plain) { _ in continuation.resume() }
                    // Behind the turn that starts the connect.
                    worker.queue.async { worker.cancel(id) }
                }
            }
            #expect(await worker.post(server.url).response?.status == 200)
        }
        await worker.closed()
    }

    @Test func `cancelling what is finished changes nothing`() async {
        let server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let id = Mutex<TransferID?>(nil)
        let outcome = await withCheckedContinuation { continuation in
            let sent = worker.send(ClientRequest(url: server.url), policy: plain) {
                continuation.resume(returning: $0)
            }
            id.withLock { $0 = sent }
        }
        #expect(outcome.response?.status == 200)
        if let id = id.withLock({ $0 }) { worker.cancel(id) }
        #expect(await worker.post(server.url).response?.status == 200)
        await worker.closed()
    }

    @Test func `a lookup is not waited for`() async {
        let outcome = await withCheckedContinuation { continuation in
            let worker = worker
            worker.queue.async {
                let request = ClientRequest(url: "http://nonexistent.invalid/")
                let id = worker.send(request, policy: plain) { continuation.resume(returning: $0) }
                // Behind the turn that starts the lookup.
                worker.queue.async { worker.cancel(id) }
            }
        }
        // A resolver may be quick enough to be first; either way it is told once.
        let kinds: [ClientFailure.Kind?] = [.cancelled, .resolve]
        #expect(kinds.contains(outcome.failure?.kind))
        await worker.closed()
    }

    @Test(arguments: [true, false])
    func `everything under way is told exactly once`(byClose: Bool) async {
        let asked = HitCount()
        let server = ScriptedServer { connection in
            _ = connection.readRequest()
            asked.count()
            connection.waitUntilClientCloses()
        }
        let worker = worker
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for _ in 0..<40 { group.addTask { await worker.post(server.url) } }
            group.addTask {
                while worker.inFlight < 40 || asked.value < 40 {
                    await Task.yield()
                }
                if byClose { await worker.closed() } else { worker.cancelAll() }
                return .failure(
                    ClientFailure(
                        kind: .cancelled, message: "", requestMayHaveArrived: true))
            }
            return await group.reduce(into: [Outcome]()) { $0.append($1) }
        }
        #expect(outcomes.count == 41)
        #expect(outcomes.allSatisfy { $0.failure?.kind == .cancelled })
        #expect(outcomes.allSatisfy { $0.failure?.requestMayHaveArrived == true })
        #expect(worker.inFlight == 0)
        await worker.closed()
    }

    @Test func `a closed worker answers with cancelled`() async {
        await worker.closed()
        #expect(await worker.post("http://127.0.0.1:1/").failure?.kind == .cancelled)
        await worker.closed()
    }

    @Test func `a worker that is let go cancels what it carried`() async {
        let server = ScriptedServer { $0.waitUntilClientCloses() }
        let outcome = await withCheckedContinuation { continuation in
            let short = HTTPWorker(label: "short")
            short.send(ClientRequest(url: server.url), policy: plain) {
                continuation.resume(returning: $0)
            }
        }
        #expect(outcome.failure?.kind == .cancelled)
    }
}
