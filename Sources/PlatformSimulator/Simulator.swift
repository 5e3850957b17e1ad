// PlatformSimulator: a faithful local Adobe Experience Platform, for tests, benchmarks and the
// sandbox.
//
// For: taking what a relay sends to a streaming inlet, giving out tokens, answering the interfaces
// by which inlets and flows are made, and showing afterwards what landed. It misbehaves on demand:
// every fault the contract justifies can be scripted.
//
// Promises: shapes and statuses as documented; where Adobe is silent the choice is a setting,
// named in docs/platform-simulator.md. The same seed, clock and requests give the same answers.
// Memory is bounded by `SimulatorSettings`, counters are not. Bodies are kept byte for byte.
//
// Must never: be reachable from outside the machine unless asked, be taken for a place to keep
// data (nothing is on disk), or block a network thread.
//
// Fails: a request it does not understand is answered with an error; the only faults are those of
// `SimulatorServer.start`.

package import HTTPServer
package import RelayCore
import Synchronization

/// The simulator without a network: requests in, answers out, from any thread.
package final class Simulator: Sendable {
    private let world: Mutex<World>
    private let clock: any Clock
    private let seed: UInt64
    private let requiresAuthentication: Bool
    /// Kept beside the world, so that reading a body needs no lock.
    private let bodyLimitBytes: Atomic<Int>

    /// `requiresAuthentication` is about the built-in inlet.
    package init(
        settings: SimulatorSettings = SimulatorSettings(), clock: any Clock, seed: UInt64 = 1,
        requiresAuthentication: Bool = false
    ) {
        self.clock = clock
        self.seed = seed
        self.requiresAuthentication = requiresAuthentication
        bodyLimitBytes = Atomic(settings.bodyLimitBytes)
        world = Mutex(
            World(settings: settings, seed: seed, requiresAuthentication: requiresAuthentication))
    }

    package func answer(_ request: ServerRequest) -> Reply {
        let (endpoint, rest) = Endpoint.find(request.head.path)
        switch endpoint {
        case .collection, .batch:
            // Hashing and scanning happen before the lock is taken.
            let submission = Submission(
                request, inletID: String(rest), isBatch: endpoint == .batch,
                bodyLimitBytes: bodyLimitBytes.load(ordering: .relaxed))
            return answer(request, endpoint) { world, script, now in
                world.collect(submission, script: script, at: now)
            }
        case .token:
            return answer(request, endpoint) { world, _, now in world.token(request, at: now) }
        case .control:
            return control(request, String(rest))
        case .page:
            return request.head.path == "/" ? page() : .styleSheet
        case .unknown:
            return answer(request, endpoint) { _, _, _ in .empty(404) }
        default:
            return answer(request, endpoint) { world, _, now in
                world.gateway(request, endpoint, String(rest), at: now)
            }
        }
    }

    private func answer(
        _ request: ServerRequest, _ endpoint: Endpoint, process: World.Process
    ) -> Reply {
        let real = clock.now
        let (reply, counters, due) = world.withLock { world in
            let now = real.adding(ms: world.clockAheadMs)
            let reply = world.serve(request, endpoint, at: now, process)
            let due = world.waiters.isEmpty ? [] : world.waiters.due(world.counters)
            return (reply, due.isEmpty ? nil : world.counters, due)
        }
        if let counters { for call in due { call(counters) } }
        return reply
    }

    // MARK: For tests and the sandbox

    package var counters: SimulatorCounters { world.withLock { $0.counters } }

    /// Calls once, as soon as the counter is there; at once when it is already. The number is for
    /// `giveUp`.
    @discardableResult
    package func when(
        _ goal: Goal, then call: @escaping @Sendable (SimulatorCounters) -> Void
    ) -> Int? {
        let (number, reached) = world.withLock { world -> (Int?, SimulatorCounters?) in
            if goal.isReached(by: world.counters) { return (nil, world.counters) }
            return (world.waiters.add(goal, call), nil)
        }
        if let reached { call(reached) }
        return number
    }

    package func giveUp(_ number: Int) { change { $0.waiters.remove(number) } }

    package var settings: SimulatorSettings {
        get { world.withLock { $0.settings } }
        set { change { $0.settings = newValue } }
    }

    /// Records after `since` in order of acceptance; of every fate when none is named.
    package func landed(
        since: UInt64 = 0, limit: Int = .max, fate: Fate? = .lake
    ) -> [LandedRecord] {
        world.withLock { world in
            world.landed.list(since: since, limit: limit) { fate == nil || $0.fate == fate }
        }
    }

    /// Rules as the control API takes them.
    package func script(_ faults: JSONValue) throws(ControlError) {
        let rules = try FaultRule.list(faults, now: now)
        try world.withLock { world throws(ControlError) in try world.faults.append(rules) }
    }

    package func clearFaults() { change { $0.faults.removeAll() } }

    /// Forgets what landed and what was scripted; what was provisioned stays.
    package func forget() { change { $0.forget() } }

    /// As new, settings included.
    package func startOver() {
        change { [seed, requiresAuthentication] world in
            world = World(
                settings: SimulatorSettings(), seed: seed,
                requiresAuthentication: requiresAuthentication)
        }
    }

    package func add(_ inlet: Inlet) { change { $0.inlets[inlet.id] = inlet } }

    package func add(_ flow: Flow) { change { $0.flows[flow.id] = flow } }

    package func addClient(id: String, secrets: [String]) {
        change { world in
            world.tokens.clients[id] = TokenClient(
                organisation: BuiltIn.organisation, secrets: secrets)
        }
    }

    package func revokeTokens() { change { $0.tokens.revokeAll() } }

    /// Pushes the simulated clock ahead: a warm-up or a token's life is over without waiting.
    package func advance(ms: Int64) { change { $0.clockAheadMs += ms } }

    // MARK: Inside

    var now: Timestamp {
        let real = clock.now
        return world.withLock { real.adding(ms: $0.clockAheadMs) }
    }

    func look<Result: Sendable>(_ body: (World) -> Result) -> Result {
        world.withLock { body($0) }
    }

    func change<Result: Sendable>(_ body: (inout World) -> Result) -> Result {
        world.withLock { world in
            let result = body(&world)
            bodyLimitBytes.store(world.settings.bodyLimitBytes, ordering: .relaxed)
            return result
        }
    }
}
