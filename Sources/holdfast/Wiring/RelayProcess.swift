import Dispatch
import Glibc
import HTTPServer
import RelayCore
import RelayDelivery
import RelayRuntime
import RelayStore
import Synchronization

/// A relay as the foreground process: starts it, listens to signals, stops it.
// Sendable: the signal watch is set once before anybody waits; the rest is constant.
final class RelayProcess: @unchecked Sendable {
    /// After a failed store there is nothing to drain but answers of 503, ms.
    private static let failedStopMs = 3000

    private let clock: any Clock
    private let log: Log
    private let environment: [String: String]
    private let ended = DispatchSemaphore(value: 0)
    private let signalsSeen = Atomic<Int>(0)
    private let hasFailed = Atomic<Bool>(false)
    private let relay = Mutex<Relay?>(nil)
    private let control = DispatchQueue(label: "holdfast.control")
    private var watch: SignalWatch?

    init(clock: any Clock, log: Log, environment: [String: String]) {
        self.clock = clock
        self.log = log
        self.environment = environment
    }

    /// Starts the relay and everything it needs, or throws why not.
    func start(_ configuration: Configuration) throws -> Relay {
        let new = try Relay(
            configuration, clock: clock, random: SystemRandom(), log: log,
            environment: environment, onFailure: { [weak self] in self?.storeFailed() })
        relay.withLock { $0 = new }
        try new.group.start()
        for socket in new.sockets {
            log.info(
                "listening",
                [
                    "address": .text(socket.port.map { "port \($0)" } ?? "unix socket"),
                    "data": .text(configuration.dataDirectory),
                ])
        }
        Systemd.notify("READY=1", environment: environment)
        return new
    }

    /// Waits for the signal that ends the process, reloading at each SIGHUP.
    func runUntilSignalled(reload: @escaping @Sendable (Relay) -> Void) -> ExitCode {
        watch = SignalWatch([SIGTERM, SIGINT, SIGHUP], queue: control) { [self] number in
            if number == SIGHUP {
                guard let relay = relay.withLock({ $0 }) else { return }
                reload(relay)
            } else {
                stop(because: number)
            }
        }
        ended.wait()
        return hasFailed.load(ordering: .acquiring) ? .failed : .done
    }

    private func stop(because number: Int32) {
        if signalsSeen.wrappingAdd(1, ordering: .relaxed).oldValue > 0 {
            log.warning("stopped at once by a second signal; the rest is due at the next start")
            ProcessFacts.exitNow(ExitCode.failed.rawValue)
        }
        log.info("stopping", ["signal": .text(number == SIGINT ? "SIGINT" : "SIGTERM")])
        Systemd.notify("STOPPING=1", environment: environment)
        relay.withLock({ $0 })?.group.stop { [self] in
            log.info("stopped")
            ended.signal()
        }
    }

    private func storeFailed() {
        hasFailed.store(true, ordering: .releasing)
        control.async { [self] in
            control.asyncAfter(deadline: .now() + .milliseconds(RelayProcess.failedStopMs)) {
                ProcessFacts.exitNow(ExitCode.failed.rawValue)
            }
            let relay = relay.withLock { $0 }
            relay?.scheduler.cutShort()
            relay?.group.stop { self.ended.signal() }
        }
    }
}
