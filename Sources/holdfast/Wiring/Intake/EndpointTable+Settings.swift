import RelayIntake

extension EndpointTable {
    /// Every address that the sources of a configuration open.
    init(
        _ configuration: Configuration, numbers: StoreNumbers, counters: IntakeCounters
    ) throws(UnusableSecret) {
        self.init(maxBodyBytes: configuration.intake.maxBodyBytes)
        for source in configuration.sources {
            for hook in source.hooks {
                let endpoint = Endpoint(
                    source: source.name, hook: hook.name,
                    route: numbers.route(source: source, hook: hook), lane: source.lane,
                    counters: counters.endpoint(source: source.name, hook: hook.name))
                try open(endpoint, source.kind)
            }
        }
    }

    private mutating func open(_ endpoint: Endpoint, _ kind: SourceSettings.Kind)
        throws(UnusableSecret)
    {
        switch kind {
        case .chatlio(let tokens), .generic(.token(let tokens)):
            for token in tokens { open(endpoint, token: token) }
        case .generic(let settings):
            open(endpoint, verifier: try RequestVerifier(settings, source: endpoint.source))
        case .platformInlet(let settings):
            open(endpoint, inlet: Inlet(id: settings.inletId, flowIDs: settings.flowIds))
        }
    }
}
