import HTTPServer
import RelayCore
import RelayDelivery
import RelayIntake
import RelayRuntime
import RelayStore

/// Everything the relay measures, gathered when somebody asks: the counters that its parts keep
/// from their start, and a few bounded reads of the store.
struct RelayMetrics: Sendable {
    let health: HealthReport
    let intake: IntakeService
    let intakeCounters: IntakeCounters
    let scheduler: Scheduler
    let retention: RetentionService
    let reloads: ReloadRecord
    let clock: any Clock

    private var writer: GroupWriter { health.writer }

    func families() -> [MetricFamily] {
        let readings = scheduler.gateReadings
        return build + healthFamilies + intakeFamilies
            + StoreMetrics.families(writer, reserveBytes: health.reserveBytes, health: health)
            + QueueMetrics.families(writer.file, readings: readings, clock: clock)
            + scheduler.counters.families + GateReading.families(readings, now: clock.now)
            + retention.families + reloads.families
            + (ProcessVitals.read()?.families ?? [])
    }

    private var build: [MetricFamily] {
        [
            .gauge(
                "holdfast_build_info", "Always 1; the label is the release.",
                [.whole(1, (.version, Version.text))])
        ]
    }

    private var healthFamilies: [MetricFamily] {
        [
            .gauge(
                "holdfast_healthy", "1 while every part of the relay moves, as /healthz says.",
                [.whole(health.standstills.isEmpty ? 1 : 0)]),
            .gauge(
                "holdfast_ready", "1 while events are taken, as /readyz says.",
                [.whole(health.obstacles.isEmpty ? 1 : 0)]),
        ]
    }

    private var intakeFamilies: [MetricFamily] {
        intakeCounters.families(refusedBefore: intake.refusals)
            + [
                .counter(
                    "holdfast_intake_connections_total", "Connections that were taken.",
                    [.whole(Int64(intake.counters?.accepted ?? 0))]),
                .gauge(
                    "holdfast_intake_connections", "Connections that are open.",
                    [.whole(Int64(intake.connectionCount))]),
            ]
    }
}
