import RelayCore
import RelayDelivery
import RelayStore

/// A courier that lies about what it brings, in one way.
final class CrookedCourier: Courier {
    private let honest: any Courier
    private let plant: SimulationPlant
    private let slot: SharedSlot

    init(_ honest: any Courier, plant: SimulationPlant, slot: SharedSlot) {
        self.honest = honest
        self.plant = plant
        self.slot = slot
    }

    var packing: Packing? { honest.packing }

    func reset(wasRefused: Bool) { honest.reset(wasRefused: wasRefused) }

    func carry(_ parcel: Parcel, completion: @escaping @Sendable (ParcelReport) -> Void) {
        var parcel = parcel
        if plant == .newIDAtReplay { parcel = Parcel(claims: parcel.claims.map(Self.renamed)) }
        if plant == .turningInCircles {
            return completion(
                ParcelReport(
                    verdict: .notSent(nil), signal: .unwell, status: nil,
                    startedAt: parcel.claims[0].receivedAt, durationMs: 0))
        }
        if plant == .sharedQueue {
            let destination = parcel.claims[0].destination
            return slot.enter(destination) { [honest, slot] in
                honest.carry(parcel) { report in
                    completion(report)
                    slot.leave(destination, isWell: report.signal == .well)
                }
            }
        }
        if plant == .doubledRequests { honest.carry(parcel) { _ in } }
        honest.carry(parcel) { [plant] report in
            if plant == .lostAnswer, report.status == 503 { return }
            guard case .each(let outcomes) = report.verdict else { return completion(report) }
            completion(
                ParcelReport(
                    verdict: .each(outcomes.map { Self.bent($0, plant) }), signal: report.signal,
                    status: report.status, startedAt: report.startedAt,
                    durationMs: report.durationMs))
        }
    }

    private static func bent(_ outcome: Outcome, _ plant: SimulationPlant) -> Outcome {
        switch (outcome, plant) {
        case (.unknown, .dropped207Element): .delivered(tracer: nil)
        case (.retry(let errorClass, _, let message), .retryAfterIgnored):
            .retry(errorClass, retryAfterMs: nil, message: message)
        case (.retry(.serverError, _, let message), .deadForAFault): .rejected(message: message)
        default: outcome
        }
    }

    private static func renamed(_ claim: Claim) -> Claim {
        guard claim.replay != nil else { return claim }
        return Claim(
            id: EventID(sequence: claim.id.sequence + 1, lineage: claim.id.lineage),
            destination: claim.destination, dueAtMs: claim.dueAtMs, attempts: claim.attempts,
            source: claim.source, hook: claim.hook, receivedAt: claim.receivedAt,
            lane: claim.lane, replay: claim.replay, body: claim.body)
    }
}
