import Foundation
import RelayCore
import RelayTesting
import Synchronization

/// Clients that connect, post once and leave, until they are told to stop.
final class Load: Sendable {
    struct Tally {
        var statuses: [Int: Int] = [:]
        var refused = 0
        var unanswered = 0
        var ids: Set<String> = []
        var next = 0
        var runningClients = 0
    }

    let tally = Mutex(Tally())
    private let isOver = Atomic<Bool>(false)
    private let port: Int
    private let path: String
    private let body: @Sendable (Int) -> String

    /// `path` is where they post to.
    init(
        port: Int, clients: Int, path: String = RelayUnderTest.path("unanswered"),
        body: @escaping @Sendable (Int) -> String = { Samples.body($0) }
    ) {
        self.port = port
        self.path = path
        self.body = body
        tally.withLock { $0.runningClients = clients }
        for _ in 0..<clients { Thread.detachNewThread { self.run() } }
    }

    var answered: Int { tally.withLock { $0.statuses[200] ?? 0 } }

    /// Waits until so many more posts were answered.
    func goOn(for count: Int) throws {
        let before = answered
        try eventually("posts that are answered") { answered >= before + count }
    }

    func finish() throws -> Tally {
        isOver.store(true, ordering: .releasing)
        try eventually("the end of all clients") { tally.withLock { $0.runningClients == 0 } }
        return tally.withLock { $0 }
    }

    private func run() {
        while !isOver.load(ordering: .acquiring) { postOnce() }
        tally.withLock { $0.runningClients -= 1 }
    }

    private func postOnce() {
        let number = tally.withLock { tally in
            tally.next += 1
            return tally.next
        }
        guard let client = try? RawClient(.ipv4(port: port)) else {
            return tally.withLock { $0.refused += 1 }
        }
        client.post(path, Array(body(number).utf8))
        guard let answer = client.response() else {
            return tally.withLock { $0.unanswered += 1 }
        }
        let id = (try? answer.json())?["id"]?.string
        tally.withLock { tally in
            tally.statuses[answer.status, default: 0] += 1
            if let id { tally.ids.insert(id) }
        }
    }
}
