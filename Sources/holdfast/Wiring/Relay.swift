import Dispatch
import Foundation
import HTTPServer
import RelayCore
import RelayDelivery
import RelayIntake
import RelayRuntime
import RelayStore

/// A whole relay, put together from a configuration.
final class Relay: Sendable {
    let group: ServiceGroup
    let scheduler: Scheduler
    let handler: IntakeHandler
    let intake: IntakeService
    let store: StoreService
    let sockets: [ListenSocket]
    /// Whether the relay moves; also what a service manager's watchdog should hear of.
    let pulse: Pulse
    let health: HealthReport
    /// Nil: the configuration has no admin listener.
    let admin: AdminService?
    /// What became of new configurations.
    let reloads = ReloadRecord()
    private let intakeCounters: IntakeCounters
    private let sender: any Sending
    private let configuration: Configuration
    private let clock: any Timekeeper
    private let random: any RandomSource
    private let log: Log

    /// Takes the data directory, opens the store and the listening socket. Nothing is served yet.
    init(
        _ configuration: Configuration, clock: any Timekeeper, random: any RandomSource, log: Log,
        environment: [String: String], onFailure: @escaping @Sendable () -> Void
    ) throws {
        self.configuration = configuration
        self.clock = clock
        self.random = random
        self.log = log
        ProcessFacts.keepFilesPrivate()
        ProcessFacts.surviveFileSizeLimit()
        store = try StoreService(configuration, clock: clock, log: log, onFailure: onFailure)
        let writer = store.writer
        let file = writer.file
        let workers = WorkerPool(workers: Relay.workers)
        sender = workers
        intakeCounters = IntakeCounters()
        let plan = try RelayPlan(
            configuration, writer: writer, sender: sender, clock: clock, random: random,
            intakeCounters: intakeCounters)
        scheduler = Scheduler(
            plans: plan.destinations, writer: writer, reader: try ClaimReader(file: file),
            clock: clock, random: random, log: log)
        writer.setHandOver(scheduler)
        let reserveBytes = configuration.storage.reserveBytes
        writer.perform({ try $0.publish(reserveBytes: reserveBytes) }) { _ in }
        handler = IntakeHandler(
            table: plan.table, writer: writer, clock: clock, counters: intakeCounters)
        let inherited = InheritedSockets(environment: environment)
        sockets = try Relay.listen(
            configuration.intake.listen, handedOver: inherited.notNamed(Relay.adminSocketName))
        intake = IntakeService(
            handler: handler, sockets: sockets,
            options: try Relay.options(configuration.intake, log: log))
        pulse = Relay.pulse(of: writer, scheduler, workers, intake, clock: clock, log: log)
        let retention = RetentionService(
            writer: writer, settings: configuration.storage.retention, clock: clock)
        let intake = intake
        health = HealthReport(
            pulse: pulse, writer: writer, reserveBytes: configuration.storage.reserveBytes,
            intakeObstacle: { intake.obstacle })
        let health = health
        let metrics = RelayMetrics(
            health: health, intake: intake, intakeCounters: intakeCounters,
            scheduler: scheduler, retention: retention, reloads: reloads, clock: clock)
        admin = try configuration.admin.map { settings in
            try AdminService(
                settings, handedOver: inherited.named(Relay.adminSocketName), health: health,
                metrics: metrics, log: log)
        }
        if admin == nil, !inherited.named(Relay.adminSocketName).isEmpty {
            log.warning("a socket named admin was handed over, but there is no admin listener")
        }
        let refusals = RefusalLog(intakeCounters, intake, clock: clock, log: log)
        let lostSockets = LostSocketLog(sockets + (admin?.sockets ?? []), log: log)
        pulse.onBeat { _ in
            refusals.beat()
            lostSockets.beat()
        }
        var observers: [any Service] = [pulse]
        if let admin { observers.append(admin) }
        group = ServiceGroup(
            observers + [store, retention, SenderService(sender: sender), scheduler, intake],
            log: log)
    }

    private static func pulse(
        of writer: GroupWriter, _ scheduler: Scheduler, _ workers: WorkerPool,
        _ intake: IntakeService, clock: any Timekeeper, log: Log
    ) -> Pulse {
        Pulse(
            [
                Pulse.Part("writer") { writer.probe($0) },
                Pulse.Part("scheduler") { scheduler.probe($0) },
                Pulse.Part("workers") { workers.probe($0) },
                Pulse.Part("intake") { intake.probe($0) },
            ], clock: clock, log: log)
    }

    /// A socket unit gives this name (`FileDescriptorName=`) to what the admin listener serves;
    /// every other socket is for intake.
    static let adminSocketName = "admin"

    /// A few transfers keep a core busy; more workers than cores only take turns.
    private static var workers: Int {
        max(2, min(4, ProcessInfo.processInfo.activeProcessorCount))
    }

    /// Connections must leave descriptors to the store and to delivery.
    private static func options(_ settings: IntakeSettings, log: Log) throws -> ServerOptions {
        var options = try ServerOptions(settings)
        let possible = ProcessFacts.connectionsPossible(keeping: Limits.descriptorsKept)
        guard options.maxConnections > possible else { return options }
        log.warning(
            "the system's limit of open files allows fewer connections than intake.maxConnections",
            ["connections": .number(possible), "wanted": .number(options.maxConnections)])
        options.maxConnections = possible
        return options
    }

    /// Sockets that were handed over take the place of the address.
    static func listen(
        _ address: ListenAddress, handedOver descriptors: [Int32]
    ) throws -> [ListenSocket] {
        if !descriptors.isEmpty {
            return descriptors.map { ListenSocket.adopted(descriptor: $0) }
        }
        switch address {
        case .network(let host, let port): return [try ListenSocket.tcp(host: host, port: port)]
        case .unix(let path): return [try ListenSocket.unix(path: path)]
        case .systemd: throw WiringError.noSocketHandedOver
        }
    }

    /// Reads a new configuration into the running relay. What cannot change while it runs (the
    /// data directory, the listening address) is named in the log and left.
    func replace(_ configuration: Configuration) throws {
        for key in self.configuration.fixedKeys(changedIn: configuration) {
            log.warning(
                "this setting changes with a restart only", ["setting": .text(key)])
        }
        let options = try Relay.options(configuration.intake, log: log)
        let plan = try RelayPlan(
            configuration, writer: store.writer, sender: sender, clock: clock, random: random,
            intakeCounters: intakeCounters)
        try intake.replace(options)
        handler.replace(plan.table)
        scheduler.replace(plan.destinations)
        admin?.replace(token: configuration.admin?.token)
    }
}
