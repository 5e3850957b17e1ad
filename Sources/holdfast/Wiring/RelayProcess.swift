import Dispatch
import Glibc
import HTTPServer
import RelayCore
import RelayDelivery
import RelayRuntime
import RelayStore
import Synchronization

extension ListenSocket {
    /// For people.
    var place: String { port.map { "port \($0)" } ?? "unix socket" }
}

extension [ListenSocket] {
    var place: String { map(\.place).joined(separator: " and ") }

    var lostPaths: [String] { compactMap(\.lostPath) }
}

/// A relay as the foreground process: starts it, listens to signals, stops it.
// Sendable: the signal watch is set once, before anything else happens; the rest is constant.
final class RelayProcess: @unchecked Sendable {
    /// After a failed store there is nothing to drain but answers of 503, ms.
    private static let failedStopMs = 3000

    private let clock: any Timekeeper
    private let log: Log
    private let environment: [String: String]
    private let manager: ServiceManager
    private let ended = DispatchSemaphore(value: 0)
    private let signalsSeen = Atomic<Int>(0)
    private let hasFailed = Atomic<Bool>(false)
    private let relay = Mutex<Relay?>(nil)
    private let report = Mutex<ManagerReport?>(nil)
    private let control = DispatchQueue(label: "holdfast.control")
    private var watch: SignalWatch?

    init(clock: any Timekeeper, log: Log, environment: [String: String]) {
        self.clock = clock
        self.log = log
        self.environment = environment
        manager = ServiceManager(environment: environment, clock: clock)
    }

    /// Starts the relay and everything it needs, or throws why not. Signals that come meanwhile
    /// are served when it has started.
    /// - Parameter reload: what SIGHUP does; false when it was refused.
    func start(
        _ configuration: Configuration, reload: @escaping @Sendable (Relay) -> Bool
    ) throws -> Relay {
        watch = SignalWatch([SIGTERM, SIGINT, SIGHUP], queue: control) { [self] number in
            if number == SIGHUP {
                // A relay that is stopping has no use for a new configuration.
                guard signalsSeen.load(ordering: .relaxed) == 0 else { return }
                guard let relay = relay.withLock({ $0 }) else { return }
                let report = report.withLock { $0 }
                report?.reading()
                report?.hasRead(isTaken: reload(relay))
            } else {
                stop(because: number)
            }
        }
        return try control.sync { try startRelay(configuration) }
    }

    private func startRelay(_ configuration: Configuration) throws -> Relay {
        let new = try Relay(
            configuration, clock: clock, random: SystemRandom(), log: log,
            environment: environment, onFailure: { [weak self] in self?.storeFailed() })
        relay.withLock { $0 = new }
        try new.group.start()
        // Nobody is told that it is ready before a write has found its way through the writer.
        try new.store.proveWritable()
        for socket in new.sockets {
            log.info(
                "listening",
                [
                    "address": .text(socket.place),
                    "data": .text(configuration.dataDirectory),
                ])
        }
        if let admin = new.admin {
            log.info("admin listening", ["address": .text(admin.place)])
        }
        let report = ManagerReport(manager, relay: new)
        self.report.withLock { $0 = report }
        new.pulse.onBeat { report.beat($0) }
        report.ready()
        return new
    }

    /// Waits until a signal, or a failed store, has ended the relay.
    func runUntilStopped() -> ExitCode {
        ended.wait()
        return hasFailed.load(ordering: .acquiring) ? .failed : .done
    }

    private func stop(because number: Int32) {
        if signalsSeen.wrappingAdd(1, ordering: .relaxed).oldValue > 0 {
            log.warning("stopped at once by a second signal; the rest is due at the next start")
            ProcessFacts.exitNow(ExitCode.failed.rawValue)
        }
        log.info("stopping", ["signal": .text(number == SIGINT ? "SIGINT" : "SIGTERM")])
        report.withLock({ $0 })?.stopping()
        relay.withLock({ $0 })?.group.stop { [self] in
            log.info("stopped")
            ended.signal()
        }
    }

    private func storeFailed() {
        hasFailed.store(true, ordering: .releasing)
        control.async { [self] in
            report.withLock({ $0 })?.stopping()
            control.asyncAfter(deadline: .now() + .milliseconds(RelayProcess.failedStopMs)) {
                ProcessFacts.exitNow(ExitCode.failed.rawValue)
            }
            let relay = relay.withLock { $0 }
            relay?.scheduler.cutShort()
            relay?.group.stop { self.ended.signal() }
        }
    }
}
