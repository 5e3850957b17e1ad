import RelayCore
import RelayRuntime
import RelayTesting
import Testing

@Suite struct ServiceGroupTests {
    private final class Part: Service {
        let name: String
        private let events: Mailbox<String>
        private let fails: Bool

        init(_ name: String, _ events: Mailbox<String>, fails: Bool = false) {
            self.name = name
            self.events = events
            self.fails = fails
        }

        struct Failure: Error {}

        func start() throws {
            if fails { throw Failure() }
            events.put("start \(name)")
        }

        func stop(completion: @escaping @Sendable () -> Void) {
            events.put("stop \(name)")
            completion()
        }
    }

    private let events = Mailbox<String>()
    private let log = Log(level: .error, format: .text, clock: ManualClock()) { _ in }

    private func taken() -> [String] { (0..<events.count).map { _ in events.take() } }

    @Test func `services stop in the reverse order of their start`() throws {
        let group = ServiceGroup([Part("a", events), Part("b", events)], log: log)
        try group.start()
        let stopped = Mailbox<Bool>()
        group.stop { stopped.put(true) }
        _ = stopped.take()
        #expect(taken() == ["start a", "start b", "stop b", "stop a"])
    }

    @Test func `one that cannot start stops those before it and says why`() {
        let group = ServiceGroup(
            [Part("a", events), Part("b", events, fails: true), Part("c", events)], log: log)
        #expect(throws: Part.Failure.self) { try group.start() }
        #expect(taken() == ["start a", "stop a"])
    }

    @Test func `whoever asks for the stop twice is told twice and it happens once`() throws {
        let group = ServiceGroup([Part("a", events)], log: log)
        try group.start()
        let stopped = Mailbox<Bool>()
        group.stop { stopped.put(true) }
        group.stop { stopped.put(true) }
        _ = stopped.take()
        _ = stopped.take()
        #expect(taken() == ["start a", "stop a"])
    }
}
