import HTTPServer
import RelayDelivery
import RelayRuntime
import RelayStore
import Synchronization

/// Tells the service manager how the relay does: that it is ready, one line for `systemctl
/// status`, and that it is alive, which is said only while the parts that do the work move.
final class ManagerReport: Sendable {
    private enum Stage { case starting, serving, reading, stopping }

    private struct State {
        var stage = Stage.starting
        var isRefused = false
        var isHindered = false
        var beats = 0
    }

    /// How many beats the numbers of the status may be old, so that the manager is not told a new
    /// line each second.
    private static let beatsPerNumbers = 10

    private let manager: ServiceManager
    private let writer: GroupWriter
    private let counters: DeliveryCounters
    private let health: HealthReport
    private let place: String
    private let state = Mutex(State())

    init(_ manager: ServiceManager, relay: Relay) {
        self.manager = manager
        writer = relay.store.writer
        counters = relay.scheduler.counters
        health = relay.health
        place = relay.sockets.place
    }

    /// Only when the store has taken a write and the intake listens.
    func ready() {
        state.withLock { $0.stage = .serving }
        manager.ready(serving())
    }

    func reading() {
        state.withLock { $0.stage = .reading }
        manager.reloading("reading the configuration again")
    }

    func hasRead(isTaken: Bool) {
        state.withLock { state in
            state.stage = .serving
            state.isRefused = !isTaken
        }
        manager.ready(serving())
    }

    func stopping() {
        state.withLock { $0.stage = .stopping }
        manager.stopping("finishing requests in hand and sends under way")
    }

    /// On the pulse's queue, once a second. A full disk is for the operator, not for a restart:
    /// only a standstill keeps the watchdog waiting.
    func beat(_ standing: [Pulse.Standstill]) {
        if standing.isEmpty, manager.watchdogMs != nil { manager.alive() }
        let obstacles = health.obstacles
        let isDue = state.withLock { state in
            state.beats += 1
            let wasHindered = state.isHindered
            state.isHindered = !obstacles.isEmpty
            guard state.stage == .serving else { return false }
            return wasHindered || state.isHindered || state.beats % Self.beatsPerNumbers == 0
        }
        guard isDue else { return }
        manager.status(obstacles.isEmpty ? serving() : obstacles.joined(separator: " "))
    }

    private func serving() -> String {
        var line =
            "taking events on \(place); since the start \(writer.counts.accepts) accepted, "
            + "\(counters.delivered) delivered"
        if state.withLock({ $0.isRefused }) {
            line += "; the last new configuration was refused, see the log"
        }
        return line
    }
}
