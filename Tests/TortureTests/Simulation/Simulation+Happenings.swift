import HTTPServer
import PlatformSimulator
import RelayCore
import RelayStore
import RelayTesting

extension Simulation {
    func perform(_ kind: Happening.Kind) throws {
        witness.record("\(kind)")
        switch kind {
        case .traffic(let traffic): send(traffic)
        case .flood(let hook, let traffic): flood(hook, traffic)
        case .weather(let index, let weather, let forMs): begin(weather, at: index, forMs: forMs)
        case .revokedTokens:
            disturb(0, forMs: 0)
            sites[0].simulator.revokeTokens()
        case .cut(let changes, let downMs):
            self.downMs = downMs
            disk.cutPower(afterChanges: changes)
            if changes == nil { disk.cutPower() }
        case .kill(let downMs):
            self.downMs = downMs
            if relay != nil { bury() }
        case .restart(let downMs): stop(downMs: downMs)
        case .fullDisk(let forMs): fillDisk(forMs: forMs)
        case .failingDisk(let operation, let skipping):
            disturb(nil, forMs: 0)
            isWarned = true
            if plant == .refusesUnharmed { relay?.writer.refuseEvents() }
            disk.failNext(operation, skipping: skipping)
        case .jump(let ms):
            stage.jump(ms: ms)
            witness.clockJumped()
        case .reconfigure(let variant): try reconfigure(variant)
        case .hold, .release, .replay, .discard, .erase, .backup: try operate(kind)
        }
        if mustDie { bury() }
    }

    // MARK: Senders

    private func send(_ traffic: Happening.Traffic) {
        var dice = Dice(seed: traffic.seed)
        for index in 0..<traffic.count {
            let offer = Offer(number: traffic.first + index, seed: seed)
            witness.offers[offer.number] = offer
            let afterMs = traffic.overMs == 0 ? 0 : dice.number(0...traffic.overMs)
            post(offer, afterMs: afterMs)
            // Some senders do not hear the answer, or do not believe it.
            guard dice.isOne(in: 12) else { continue }
            post(offer, afterMs: afterMs + dice.number(0...30_000))
        }
    }

    private func flood(_ index: Int, _ traffic: Happening.Traffic) {
        let hook = SimulatedConfiguration.hooks[index]
        for site in hook.sites { floods.insert(Flood(site: site, source: hook.source)) }
        var dice = Dice(seed: traffic.seed)
        for index in 0..<traffic.count {
            let offer = Offer(number: traffic.first + index, flooding: hook)
            witness.offers[offer.number] = offer
            post(offer, afterMs: dice.number(0...traffic.overMs))
        }
    }

    private func post(_ offer: Offer, afterMs: Int) {
        lastPostMs = max(lastPostMs, stage.elapsedMs + Int64(afterMs))
        world.async(afterMs: afterMs) { [unowned self] in post(offer) }
    }

    private func post(_ offer: Offer) {
        guard let relay, !mustDie else { return witness.record("nobody takes \(offer.number)") }
        let life = lives
        let calm = calmSites(for: offer.hook)
        relay.post(offer) { [unowned self] response in
            // An answer of a process that has gone down with its machine reaches nobody.
            guard life == lives, !hasDied else { return }
            guard response.status == 200 else {
                return refused(offer, response.status)
            }
            let json = try? JSONValue.parse(response.body)
            guard let id = json?["id"]?.string.flatMap({ EventID($0) }) else {
                return witness.note(World.Finding("200 without an id"))
            }
            witness.acknowledge(
                offer, id: id, isDuplicate: json?["duplicate"]?.bool == true, calmSites: calm)
        }
    }

    private func refused(_ offer: Offer, _ status: Int) {
        witness.record("\(offer.number) is refused: \(status)")
        if !hasExcuse, !isStopping {
            witness.note(World.Finding("\(offer.number) is refused without a fault: \(status)"))
        }
    }

    // MARK: Trouble

    private func begin(_ weather: Weather, at index: Int, forMs: Int) {
        let site = sites[index]
        // A fair one may take the place of another, after which the site must recover.
        if !weather.isFair || !site.isFair { disturb(index, forMs: 0) }
        let spell = site.begin(weather)
        world.async(afterMs: forMs) { [unowned self] in
            guard site.end(spell) else { return }
            witness.record("\(site.name) is fair again")
            settleDown(index)
        }
    }

    private func fillDisk(forMs: Int) {
        disturb(nil, forMs: forMs)
        var dice = Dice(seed: seed ^ UInt64(stage.elapsedMs))
        disk.limitCapacity(bytes: disk.usedBytes + dice.number(0...40_000))
        world.async(afterMs: forMs) { [unowned self] in
            witness.record("there is space again")
            disk.limitCapacity(bytes: nil)
        }
    }

    private func stop(downMs: Int) {
        guard let stopping = relay else { return }
        disturb(nil, forMs: 0)
        self.downMs = downMs
        isStopping = true
        let life = lives
        stopping.stop { [unowned self] in
            guard life == lives, relay != nil, !mustDie else { return }
            witness.record("has stopped")
            hasStopped = true
        }
    }

    private func reconfigure(_ variant: Int) throws {
        disturb(nil, forMs: 0)
        let old = configuration
        configuration = SimulatedConfiguration(
            maxAgeMs: old.maxAgeMs, deliveredMs: old.deliveredMs, variant: variant,
            hasLanes: old.hasLanes)
        guard let relay else { return }
        do {
            try relay.replace(try configuration.read(directory: file.directory))
            adoptLimits(keepsOld: true)
        } catch {
            guard hasExcuse else { throw World.Finding("no reload: \(error)") }
            configuration = old
        }
    }

    // MARK: Calm

    /// Longer than any gate stays shut once its destination is well, ms.
    private static let convalescenceMs: Int64 = 16 * 60_000

    /// A source that floods a site has itself to blame when it waits there; nobody else does.
    private func calmSites(for hook: SimulatedConfiguration.Hook) -> Set<Int> {
        Set(
            calmFromMs.indices.filter {
                !heldSites.contains($0) && sites[$0].isFair && calmFromMs[$0] <= stage.elapsedMs
                    && !floods.contains(Flood(site: $0, source: hook.source))
            })
    }

    /// From now on a site, or all of them, cannot be expected to be quick. What disturbs it for
    /// longer goes on doing so.
    func disturb(_ index: Int?, forMs: Int) {
        witness.disturb(site: index)
        for site in sites.indices where index == nil || index == site {
            settleDown(site, afterMs: forMs)
        }
    }

    func settleDown(_ index: Int, afterMs: Int = 0) {
        calmFromMs[index] = max(
            calmFromMs[index], stage.elapsedMs + Int64(afterMs) + Self.convalescenceMs)
    }
}
