import RelayCore
import RelayRuntime
import RelayStore

/// Whether the relay moves, and whether it can take events now: every reason why not, in sentences
/// that name no secret and no event.
struct HealthReport: Sendable {
    let pulse: Pulse
    let writer: GroupWriter
    let reserveBytes: Int64
    /// Why intake takes no connections.
    let intakeObstacle: @Sendable () -> String?

    /// Why the process should be started anew. From memory alone, so that it is known whatever the
    /// disk does.
    var standstills: [String] {
        pulse.standing.map { still in
            "The \(still.part) has not moved for \(still.milliseconds / 1000) s."
        }
    }

    /// Why no event should be sent here now.
    var obstacles: [String] {
        var reasons = standstills
        switch writer.refusal {
        case .failed: reasons.append("The store has failed; the process is about to stop.")
        case .stopping: reasons.append("The relay is stopping.")
        case .diskFull, .overloaded, nil: break
        }
        if isReserveReached {
            reasons.append(
                "The disk reserve is reached: \(reserveBytes) bytes and the ballast are not free.")
        }
        if let obstacle = intakeObstacle() { reasons.append(obstacle) }
        return reasons
    }

    var isReserveReached: Bool {
        // Asked anew: the writer looks only when an event comes.
        if (writer.file.sizes.free ?? .max) < reserveBytes { return true }
        guard writer.isShortOfSpace else { return false }
        // It may only be that nothing has come since there is room again for the ballast.
        writer.tendBallast()
        return true
    }
}
