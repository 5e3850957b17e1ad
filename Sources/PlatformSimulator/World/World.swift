import RelayCore

/// Everything the simulator knows. A value: `Simulator` holds it behind its lock.
struct World: Sendable {
    var settings: SimulatorSettings
    /// How far the simulated clock has been pushed ahead of the real one.
    var clockAheadMs: Int64 = 0
    var faults = FaultBook()
    var counters = SimulatorCounters()
    var landed = LandedLog()
    var profile = ProfileIndex()
    var failures = FailedBatches()
    var runs = FlowRuns()
    var rates = RateLimiter()
    var tokens = TokenDesk()
    var inlets: [String: Inlet] = [:]
    var flows: [String: Flow] = [:]
    var provisioned = Provisioned()
    var waiters = Waiters()
    var ids: IDSource
    /// Tracers given out.
    var tracers = 0

    init(settings: SimulatorSettings, seed: UInt64, requiresAuthentication: Bool) {
        self.settings = settings
        ids = IDSource(seed: seed)
        tokens.clients[BuiltIn.clientID] = TokenClient(
            organisation: BuiltIn.organisation, secrets: [BuiltIn.clientSecret])
        var inlet = Inlet(id: BuiltIn.inletID)
        inlet.requiresAuthentication = requiresAuthentication
        inlet.sourceID = "Built-in inlet"
        inlets[inlet.id] = inlet
        flows[BuiltIn.flowID] = Flow(id: BuiltIn.flowID, inletID: inlet.id)
        provisionBuiltIn()
    }

    /// Forgets what landed and what was scripted; what was provisioned stays.
    mutating func forget() {
        faults.removeAll()
        counters = SimulatorCounters()
        landed = LandedLog()
        profile = ProfileIndex()
        failures = FailedBatches()
        runs = FlowRuns()
        rates = RateLimiter()
    }

    mutating func count(_ endpoint: Endpoint, status: Int) {
        counters.requests[endpoint, default: 0] += 1
        counters.responses[status, default: 0] += 1
    }
}
