import HTTPClient
import Platform
import RelayCore
import RelayDelivery
import RelayIntake
import RelayStore

/// A configuration in the store's numbers: what the parts of the relay are given at the start and
/// again at each SIGHUP.
struct RelayPlan {
    let table: EndpointTable
    let destinations: [DestinationPlan]

    init(
        _ configuration: Configuration, writer: GroupWriter, sender: any Sending,
        clock: any Clock, random: any RandomSource, intakeCounters: IntakeCounters
    ) throws {
        let numbers = try writer.prepare { ledger in
            try StoreNumbers(configuration, ledger: ledger, now: clock.now)
        }
        table = try EndpointTable(configuration, numbers: numbers, counters: intakeCounters)
        destinations = configuration.destinations.map { settings in
            DestinationPlan(
                settings, numbers: numbers, sender: sender, clock: clock, random: random)
        }
    }
}
