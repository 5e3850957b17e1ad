import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import SQLite
import Synchronization

@testable import holdfast

/// A whole relay in one process, on one thread: intake, scheduler, gates, retries, retention and
/// store as they are, between simulated senders, a simulated Platform and a simulated disk. All
/// that happens, and in which order, is a function of the seed.
///
/// The process dies with the power, with its disk, by signals; then it is started again from what
/// the disk kept. In the end all faults stop, and everything must come to its end.
// Sendable: the thread that drives the stage is the only one.
final class Simulation: @unchecked Sendable {
    static let downAfterFailureMs = 5000

    /// A source that has sent more to a site than is kept in memory.
    struct Flood: Hashable {
        let site: Int
        let source: String
    }

    let seed: UInt64
    let stage: Stage
    let disk: FaultyFileSystem
    /// For what no simulated disk holds: copies, and the note that a failed process leaves.
    let home: TemporaryFolder
    let file: StoreFile
    let sites: [Site]
    let witness: Witness
    let world: any WorkQueue
    let plant: SimulationPlant?
    var configuration: SimulatedConfiguration
    var relay: SimulatedRelay?
    private(set) var lives = 0
    /// The process cannot go on.
    private let hasFailed = Mutex(false)
    /// Of the plant that has one queue for all.
    private let slot = SharedSlot()
    private var seenCuts = 0
    /// It was asked to stop, and has.
    var isStopping = false
    var hasStopped = false
    /// How long the next death lasts, ms.
    var downMs = Simulation.downAfterFailureMs
    /// Failures of the disk that are of former lives and excuse nothing in this one.
    private var pastFailures = 0
    /// The disk was told to fail, for a bug that takes this for a failure.
    var isWarned = false
    /// Until when a site cannot be called well, ms of the stage.
    var calmFromMs: [Int64] = [0, 0, 0]
    /// When the last sender has posted, ms of the stage.
    var lastPostMs: Int64 = 0
    var heldSites: Set<Int> = []
    var floods: Set<Flood> = []
    let remains = Remains()
    var numberOfSite: [Int64] = [1, 2, 3]
    private var dice: Dice

    init(seed: UInt64, plant: SimulationPlant? = nil) throws {
        self.seed = seed
        self.plant = plant
        let stage = Stage(seed: seed)
        self.stage = stage
        dice = Dice(seed: seed ^ 0xD1CE)
        home = try TemporaryFolder()
        disk = FaultyFileSystem(seed: seed, sectorBytes: seed % 2 == 0 ? 512 : 4096)
        file = disk.storeFile(in: home)
        sites = Site.names.indices.map { Site(index: $0, seed: seed, clock: SiteClock(stage)) }
        witness = Witness(stage: stage)
        world = stage.worldQueue("world")
        var configuration = SimulatedConfiguration(
            maxAgeMs: [2, 12, 96][Int(seed % 3)] * 3_600_000,
            deliveredMs: seed % 4 == 0 ? 3_600_000 : 90 * 86_400_000,
            variant: Int(seed % 256))
        configuration.hasLanes = plant != .lanesIgnored
        self.configuration = configuration
        remains.add("disk", disk)
        remains.add("stage", stage)
        remains.add("witness", witness)
        for site in sites { remains.add(site.name, site) }
        stage.isInterrupted = { [unowned self] in mustDie }
        stage.losesAlarms = plant == .lostTimer
    }

    /// The first thing that was not as it must be; nil: nothing.
    func run(_ happenings: [Happening]) -> String? {
        defer { end() }
        do {
            try prepareDisk()
            start()
            for happening in happenings {
                do {
                    try advance(toMs: happening.atMs)
                    try perform(happening.kind)
                    try check()
                } catch let finding as World.Finding {
                    throw World.Finding("before or at \(happening): \(finding)")
                }
            }
            try calmDown()
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func end() {
        witness.counts.simulatedMs = stage.elapsedMs
        witness.counts.turns = stage.turns
        witness.counts.lives = lives
        witness.counts.cuts = disk.cuts
        relay?.letGo()
        stage.end()
        slot.empty()
        relay = nil
    }

    /// An empty store whose ids repeat with the seed.
    private func prepareDisk() throws {
        let writer = try GroupWriter(file: file, clock: stage, reserveBytes: 0) { _ in }
        try writer.prepare {
            try $0.connection.execute("UPDATE lineages SET lineage = \(seed % 1_000_000)")
        }
        writer.close {}
        _ = stage.runUntilIdle()
        try plant?.prepare(file)
    }

    // MARK: Time

    /// Dense for a while after each happening; then the ticks of the process come late, as on a
    /// machine that is asleep most of the time. None is late for the next happening: how soon the
    /// process sees that is bounded.
    private static let denseMs: Int64 = 90_000

    func advance(toMs endMs: Int64) throws {
        let denseEndMs = min(endMs, stage.elapsedMs + Self.denseMs)
        stage.latenessMs = { _ in 0 }
        try pass(untilMs: denseEndMs)
        let dice = Mutex(Dice(seed: seed ^ UInt64(stage.turns)))
        stage.latenessMs = { [unowned stage] waitMs in
            guard waitMs == 500 else { return 0 }
            let limitMs = Int(max(endMs - stage.elapsedMs, 0))
            return min(dice.withLock { $0.number(0...60_000) }, limitMs)
        }
        try pass(untilMs: endMs)
        stage.latenessMs = { _ in 0 }
    }

    private func pass(untilMs: Int64) throws {
        while true {
            let pause = stage.run(untilMs: untilMs)
            try check()
            switch pause {
            case .idle: return
            case .interrupted: bury()
            case .spinning: throw World.Finding("a busy loop at \(stage.elapsedMs)")
            }
        }
    }

    func check() throws {
        if let problem = witness.problem { throw problem }
        try checkBounds()
    }

    // MARK: Lives

    var hasDied: Bool { disk.cuts != seenCuts }
    /// The disk has failed somebody in this life, and not only been told to, or the power has gone:
    /// what the relay cannot do then is no finding.
    var hasExcuse: Bool { hasDied || disk.failures != pastFailures }
    var mustDie: Bool { relay != nil && (hasDied || hasStopped || hasFailed.withLock { $0 }) }

    /// Starts the process, or comes back to it later when the disk does not let it.
    func start() {
        guard relay == nil else { return }
        lives += 1
        hasFailed.withLock { $0 = false }
        isStopping = false
        hasStopped = false
        seenCuts = disk.cuts
        pastFailures = disk.failures
        witness.record("start \(lives)")
        let network = SimulatedNetwork(
            stage: stage, sites: sites, witness: witness, seed: seed &+ UInt64(lives) << 32)
        network.isCutOff = { [unowned self, lives] in
            self.lives != lives || hasDied || hasFailed.withLock { $0 }
        }
        slot.empty()
        let bend = { [plant, slot] (plan: DestinationPlan) in plant?.bend(plan, slot) ?? plan }
        do {
            relay = try SimulatedRelay(
                try configuration.read(directory: file.directory), file: file, stage: stage,
                network: network, seed: seed &+ UInt64(lives),
                say: { [witness] in
                    witness.record($0)
                },
                bend: bend
            ) { [unowned self] in fail() }
            if plant == .startsNotUnharmed, isWarned { throw StoreFailure.stopped }
            relay?.name(to: remains, life: lives)
            guard disk.syncDirectory() else { throw StoreFailure.stopped }
            adoptLimits(keepsOld: false)
            try takeStock()
            try relay?.start()
        } catch {
            guard hasExcuse else {
                return witness.note(World.Finding("does not start: \(error)"))
            }
            witness.record("does not start")
            bury()
        }
    }

    /// The store says that it cannot go on.
    private func fail() {
        hasFailed.withLock { $0 = true }
        if !hasExcuse { witness.note(World.Finding("the store stops without a fault")) }
    }

    /// What the disk holds after a death is what the next life knows.
    private func takeStock() throws {
        let (contents, damages) = try StoreContents.read(file, now: stage.now)
        guard damages.isEmpty else {
            return witness.note(World.Finding("after a restart: \(damages)"))
        }
        numberOfSite =
            try relay?.writer.prepare { ledger in
                try Site.names.map { try ledger.number(of: $0, kind: .destination) }
            } ?? numberOfSite
        witness.reconcile(contents, numberOfSite: numberOfSite)
    }

    /// The process is gone. If the machine goes on, so does its page cache.
    func bury() {
        witness.record("dies")
        // Who finds the note of a failure makes the machine forget what it remembers of the files.
        let forgets = file.hasFailureNote && plant != .startsFromMemory
        if !hasDied { disk.cutPower(forgets ? .nothing : .everything) }
        seenCuts = disk.cuts
        disk.cutPower(afterChanges: nil)
        disk.forgetFailures()
        relay?.letGo()
        stage.endLife()
        relay = nil
        witness.lifeEnded()
        world.async(afterMs: downMs) { [unowned self] in start() }
        downMs = Simulation.downAfterFailureMs
    }

    /// - Parameter keepsOld: what left under older settings is still under way.
    func adoptLimits(keepsOld: Bool) {
        witness.windowLimit = max(
            keepsOld ? witness.windowLimit : 0, configuration.windowMax)
        witness.rateLimit = configuration.ratePerSecond
        witness.sends = [[], [], []]
    }
}
