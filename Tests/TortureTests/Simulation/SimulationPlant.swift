import RelayCore
import RelayDelivery
import RelayStore
import SQLite

/// A bug put in on purpose, to see whether the simulation notices it.
enum SimulationPlant: Sendable, CaseIterable {
    /// A message of which the answer says nothing counts as delivered.
    case dropped207Element
    case retryAfterIgnored
    /// Events of a lane leave as if they had none.
    case lanesIgnored
    /// A timer that does not go off.
    case lostTimer
    /// What a destination said is not told to the scheduler.
    case lostAnswer
    case newIDAtReplay
    /// A delivery is counted twice.
    case doubleDelivery
    /// Condemns an event for a fault of the destination.
    case deadForAFault
    /// Sends more at once than the gate lets through.
    case doubledRequests
    /// Gives a parcel back at once, and is asked again.
    case turningInCircles
    /// All destinations share one queue: one that is unwell keeps the others waiting.
    case sharedQueue
    /// An erasure that leaves the body.
    case erasureLeavesBody
    /// After a failed sync, believes what the kernel remembers of the files.
    case startsFromMemory
    /// Takes no more events as soon as a fault is on its way, though it has hit nobody.
    case refusesUnharmed
    /// The same of a start.
    case startsNotUnharmed

    /// One that catches it soon; others do, too, but a test that runs always must be short.
    var firstSeed: UInt64 {
        switch self {
        case .dropped207Element: 80
        case .retryAfterIgnored: 5
        case .lostTimer: 8
        case .lostAnswer, .deadForAFault: 9
        case .turningInCircles, .startsFromMemory: 1
        case .lanesIgnored: 11
        case .newIDAtReplay, .doubleDelivery, .doubledRequests: 12
        case .sharedQueue, .erasureLeavesBody: 1
        case .startsNotUnharmed: 1
        case .refusesUnharmed: 3
        }
    }

    /// What has to happen for it to show: for some of them one thing again and again.
    func happenings(seed: UInt64) -> [Happening] {
        switch self {
        case .startsFromMemory: Forecast.failingDisks(seed: seed)
        case .sharedQueue: Forecast.badNeighbours(seed: seed)
        default: Forecast.happenings(seed: seed)
        }
    }

    /// How the finding reads that names this bug and no other.
    var symptoms: [String] {
        switch self {
        case .dropped207Element: ["its site never took it", "has vanished"]
        case .retryAfterIgnored: ["was asked for"]
        case .lanesIgnored: ["of the same lane"]
        case .lostTimer, .lostAnswer: ["never come to an end", "though its site is well"]
        case .newIDAtReplay: ["is the id of"]
        case .doubleDelivery: ["out of balance"]
        case .deadForAFault: ["no answer has condemned it"]
        case .doubledRequests: ["requests at once", "in a second", "is sent again"]
        case .turningInCircles: ["a busy loop"]
        case .sharedQueue: ["though its site is well"]
        case .erasureLeavesBody: ["was to be erased"]
        case .refusesUnharmed: ["is refused without a fault"]
        case .startsNotUnharmed: ["does not start"]
        case .startsFromMemory: ["after a restart", "does not start", "is gone", "wrong #"]
        }
    }

    func prepare(_ file: StoreFile) throws {
        guard let trigger else { return }
        let connection = try file.openForChange()
        defer { connection.close() }
        try connection.execute("CREATE TRIGGER plant AFTER " + trigger)
    }

    private var trigger: String? {
        switch self {
        case .doubleDelivery:
            """
            INSERT ON delivered WHEN NEW.attempts > 1 BEGIN
                UPDATE audit_days SET delivered = delivered + 1;
            END
            """
        case .erasureLeavesBody:
            """
            UPDATE OF erased_at_ms ON events BEGIN
                UPDATE events SET body = OLD.body WHERE seq = OLD.seq;
            END
            """
        default: nil
        }
    }

    /// The plan with a courier that does it wrong.
    func bend(_ plan: DestinationPlan, _ slot: SharedSlot) -> DestinationPlan {
        DestinationPlan(
            name: plan.name, number: plan.number, retry: plan.retry, gate: plan.gate,
            courier: CrookedCourier(plan.courier, plant: self, slot: slot),
            blockingSources: plan.blockingSources)
    }
}
