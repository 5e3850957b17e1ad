import Foundation
import RelayCore
import RelayTesting
import Synchronization
import Testing

/// Clients that connect, post once and leave, until they are told to stop.
private final class Load: Sendable {
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

    init(port: Int, clients: Int) {
        self.port = port
        tally.withLock { $0.runningClients = clients }
        for _ in 0..<clients { Thread.detachNewThread { self.run() } }
    }

    var answered: Int { tally.withLock { $0.statuses[200] ?? 0 } }

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
        client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(number).utf8))
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

struct RestartUnderLoadTests {
    @Test func `a restart under load refuses no connection and loses no event`() throws {
        let socket = try ListeningSocket()
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.intake["listen"] = "systemd"
        let relay = try RelayUnderTest(settings)
        try relay.start(socket: socket.descriptor)
        try finish(relay) {
            let load = Load(port: socket.port, clients: 8)
            for _ in 0..<3 {
                let before = load.answered
                try eventually("posts that are answered") { load.answered > before + 50 }
                #expect(try relay.stop() == .code(0))
                try relay.start(socket: socket.descriptor)
            }
            let before = load.answered
            try eventually("posts after the restart") { load.answered > before + 50 }
            let tally = try load.finish()
            #expect(tally.refused == 0)
            #expect(tally.unanswered == 0)
            #expect(Set(tally.statuses.keys).isSubset(of: [200, 503]))
            #expect(tally.ids.count == tally.statuses[200])
            let stored = Set(try relay.list().compactMap { $0["id"]?.string })
            #expect(tally.ids.isSubset(of: stored))
        }
    }
}
