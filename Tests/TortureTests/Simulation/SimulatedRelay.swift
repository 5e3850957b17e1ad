import HTTPServer
import RelayCore
import RelayDelivery
import RelayIntake
import RelayRuntime
import RelayStore
import RelayTesting
import Synchronization

@testable import holdfast

/// One life of a relay: the parts of the real one, wired as the real one, on a stage instead of
/// threads. What is missing are the sockets at both ends.
final class SimulatedRelay {
    let writer: GroupWriter
    let scheduler: Scheduler
    let handler: IntakeHandler
    let network: SimulatedNetwork
    private let retention: RetentionService
    private let stage: Stage
    private let random: SeededRandom
    private let log: Log
    private let counters = IntakeCounters()
    private let bend: (DestinationPlan) -> DestinationPlan

    init(
        _ configuration: Configuration, file: StoreFile, stage: Stage, network: SimulatedNetwork,
        seed: UInt64, say: @escaping @Sendable (String) -> Void,
        bend: @escaping (DestinationPlan) -> DestinationPlan,
        onFailure: @escaping @Sendable () -> Void
    ) throws {
        self.stage = stage
        self.network = network
        self.bend = bend
        random = SeededRandom(seed: seed)
        log = Log(level: .info, format: .text, clock: stage) { line in
            say(String(decoding: line.dropLast(), as: UTF8.self))
        }
        writer = try GroupWriter(file: file, clock: stage, reserveBytes: 0) { _ in onFailure() }
        let plan = try RelayPlan(
            configuration, writer: writer, sender: network, clock: stage, random: random,
            intakeCounters: counters)
        scheduler = Scheduler(
            plans: plan.destinations.map(bend), writer: writer,
            reader: try ClaimReader(file: file), clock: stage, random: random, log: log)
        writer.setHandOver(scheduler)
        handler = IntakeHandler(
            table: plan.table, writer: writer, clock: stage, counters: counters)
        retention = RetentionService(
            writer: writer, settings: configuration.storage.retention, clock: stage)
    }

    func start() throws {
        try retention.start()
        try scheduler.start()
    }

    /// SIGHUP.
    func replace(_ configuration: Configuration) throws {
        let plan = try RelayPlan(
            configuration, writer: writer, sender: network, clock: stage, random: random,
            intakeCounters: counters)
        handler.replace(plan.table)
        scheduler.replace(plan.destinations.map(bend))
    }

    /// Who waits for an answer holds himself, which only the end of a real process undoes.
    func letGo() {
        network.isCutOff = { true }
        network.abandon()
    }

    func name(to remains: Remains, life: Int) {
        remains.add("writer \(life)", writer)
        remains.add("scheduler \(life)", scheduler)
        remains.add("handler \(life)", handler)
        remains.add("network \(life)", network)
        remains.add("retention \(life)", retention)
    }

    /// SIGTERM: the services in the order of the real process.
    func stop(completion: @escaping @Sendable () -> Void) {
        writer.refuseEvents()
        scheduler.stop { [retention, writer] in
            retention.stop { writer.close(completion: completion) }
        }
    }

    /// A request as the network threads bring it.
    func post(_ offer: Offer, answer: @escaping @Sendable (ServerResponse) -> Void) {
        let hook = offer.hook
        let head = RequestHead(
            method: "POST",
            path: "/hooks/\(hook.source)/\(hook.name)/\(SimulatedConfiguration.token)",
            headers: [HeaderField(name: "Content-Type", value: "application/json")],
            declaredLength: offer.body.count, remoteAddress: "192.0.2.1")
        switch handler.admit(head) {
        case .answer(let response): answer(response)
        case .collect(_, let context):
            handler.respond(
                to: ServerRequest(head: head, body: offer.body, context: context),
                exchange: Exchange(onAnswer: answer))
        }
    }
}
