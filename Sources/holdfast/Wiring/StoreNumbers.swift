import RelayCore
import RelayDelivery
import RelayStore

/// The numbers that the store gives to the names of a configuration.
struct StoreNumbers {
    private var sources: [String: Int64] = [:]
    private var hooks: [String: Int64] = [:]
    private var destinations: [String: Int64] = [:]
    let names: Names
    /// Sources whose lanes wait behind a dead letter.
    private(set) var blockingSources: Set<Int64> = []

    init(_ configuration: Configuration, ledger: Ledger, now: Timestamp) throws {
        for source in configuration.sources {
            let number = try ledger.number(of: source.name, kind: .source)
            sources[source.name] = number
            if source.lanePolicy == .block { blockingSources.insert(number) }
            for hook in source.hooks {
                hooks[hook.name] = try ledger.number(of: hook.name, kind: .hook)
            }
        }
        for destination in configuration.destinations {
            destinations[destination.name] = try ledger.number(
                of: destination.name, kind: .destination)
        }
        let windows = configuration.sources.map(\.dedupWindow.milliseconds)
        try ledger.loadDedup(windowMs: windows.max() ?? 0, now: now)
        names = Names(
            sources: try ledger.names(of: .source), hooks: try ledger.names(of: .hook))
    }

    func destination(_ name: String) -> Int64 { StoreNumbers.known(destinations, name) }

    func route(source: SourceSettings, hook: HookSettings) -> Route {
        Route(
            source: StoreNumbers.known(sources, source.name),
            hook: StoreNumbers.known(hooks, hook.name),
            destinations: hook.destinations.map(destination),
            dedupWindowMs: source.dedupWindow.milliseconds)
    }

    private static func known(_ numbers: [String: Int64], _ name: String) -> Int64 {
        guard let number = numbers[name] else {
            preconditionFailure("\(name) stands in the configuration and has no number")
        }
        return number
    }
}
