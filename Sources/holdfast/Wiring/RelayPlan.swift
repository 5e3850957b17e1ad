import HTTPClient
import HTTPServer
import Platform
import RelayCore
import RelayDelivery
import RelayIntake
import RelayStore
import Signing

/// A configuration in the store's numbers: what the parts of the relay are given at the start and
/// again at each SIGHUP.
struct RelayPlan {
    let table: EndpointTable
    let destinations: [DestinationPlan]

    init(
        _ configuration: Configuration, writer: GroupWriter, sender: any Sending,
        clock: any Clock
    ) throws {
        let numbers = try writer.prepare { ledger in
            try StoreNumbers(configuration, ledger: ledger, now: clock.now)
        }
        table = RelayPlan.endpoints(configuration, numbers)
        destinations = configuration.destinations.map { settings in
            DestinationPlan(settings, numbers: numbers, sender: sender, clock: clock)
        }
    }

    private static func endpoints(
        _ configuration: Configuration, _ numbers: StoreNumbers
    ) -> EndpointTable {
        var table = EndpointTable(maxBodyBytes: configuration.intake.maxBodyBytes)
        for source in configuration.sources {
            for hook in source.hooks {
                let endpoint = Endpoint(
                    source: source.name, hook: hook.name,
                    route: numbers.route(source: source, hook: hook), lane: source.lane)
                guard case .chatlio(let tokens) = source.kind else { continue }
                for token in tokens { table.open(endpoint, token: token) }
            }
        }
        return table
    }
}
