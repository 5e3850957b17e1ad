import RelayCore
import RelayStore
import RelayTesting
import SQLite

/// The real store on a faulty disk, driven step by step beside a model of it. One thread drives,
/// so that a schedule repeats exactly.
///
/// Whenever the power goes, the store must come up by itself with the contents of the model: as
/// they were before the step in progress, or as they are after it, and nothing in between.
final class World {
    /// A problem that ends the run.
    struct Finding: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    static let windowMs: Int64 = 600_000
    static let retention = Retention(deliveredMs: 600_000, deadMs: 1_200_000, discardedMs: 300_000)

    let seed: UInt64
    private(set) var disk: FaultyFileSystem
    private(set) var file: StoreFile
    /// For what no faulty disk holds: copies, and the note that a failed process leaves.
    let home: TemporaryFolder
    let clock = ManualClock()
    let plant: Plant?
    let watchesSyncs: Bool
    /// The last copy, and what it must hold.
    var copy: (file: StoreFile, model: StoreContents)?
    var copies = 0
    var model = StoreContents()
    var lastSequence: Int64 = 0
    var writer: GroupWriter?
    var routes: [Route] = []
    var oldFinishes: [Finish] = []
    private var seenCuts = 0
    /// Failures of disk and memory that excuse nothing any more.
    private var pastFailures = FaultyMemory.failures
    private var armedAgain: Int?
    private(set) var cuts = 0
    /// Steps that were cut short and then found done, or not done.
    private(set) var doubtsKept = 0
    private(set) var doubtsLost = 0

    /// An empty store, made once.
    private static let template: FaultyFileSystem? = {
        guard let home = try? TemporaryFolder() else { return nil }
        let disk = FaultyFileSystem(seed: 0)
        guard
            let writer = try? GroupWriter(
                file: disk.storeFile(in: home), clock: ManualClock(), reserveBytes: 0,
                onFailure: { _ in })
        else { return nil }
        World.close(writer)
        return disk
    }()

    init(seed: UInt64, plant: Plant? = nil, watchesSyncs: Bool = true) throws {
        guard let template = World.template else { throw Finding("no temporary folder") }
        self.seed = seed
        home = try TemporaryFolder()
        disk = World.makeDisk(seed: seed, plant)
        file = disk.storeFile(in: home)
        self.plant = plant
        self.watchesSyncs = watchesSyncs
        if seed % 8 != 0, plant == nil {
            disk.copyFiles(from: template)
        } else if seed % 16 == 0 {
            disk.cutPower(afterChanges: Int(seed / 16 % 120))
        }
    }

    static func makeDisk(seed: UInt64, _ plant: Plant?) -> FaultyFileSystem {
        let disk = FaultyFileSystem(seed: seed, sectorBytes: seed % 2 == 0 ? 512 : 4096)
        if plant == .diskIgnoresSyncs { disk.tell(.syncs) }
        if plant == .diskIgnoresDirectorySyncs { disk.tell(.directorySyncs) }
        return disk
    }

    /// The first thing that was not as it must be; nil: nothing.
    func run(_ steps: [Step]) -> String? {
        defer {
            endFaults()
            close()
        }
        do {
            try start(candidates: [model])
            for (index, step) in steps.enumerated() {
                do {
                    try take(step)
                    if hasDied { try start(candidates: [model]) }
                } catch let finding as Finding {
                    throw Finding("step \(index) \(step): \(finding)")
                }
            }
            disk.cutPower(afterChanges: nil)
            endFaults()
            try verify(candidates: [model])
            return nil
        } catch {
            return "\(error)"
        }
    }

    var hasDied: Bool { disk.cuts != seenCuts }

    func arm(afterChanges changes: Int, again: Int?) {
        disk.cutPower(afterChanges: changes)
        armedAgain = again
    }

    /// Those that were seen are dealt with.
    func countCuts() {
        cuts += disk.cuts - seenCuts
        seenCuts = disk.cuts
    }

    func endFaults() {
        disk.forgetFailures()
        FaultyMemory.forgetFailures()
        forgetPast()
    }

    /// What has failed until now is no excuse for what comes.
    func forgetPast() { pastFailures = disk.failures + FaultyMemory.failures }

    /// Disk or memory has failed somebody, and not only been told to: what was not done since then
    /// is no finding.
    var hasExcuse: Bool { disk.failures + FaultyMemory.failures != pastFailures }

    /// From now on the store lies on another disk, and nobody has used it yet.
    func move(to disk: FaultyFileSystem) {
        countCuts()
        self.disk = disk
        seenCuts = 0
        file = disk.storeFile(in: home)
        oldFinishes = []
        endFaults()
    }

    // MARK: Starting

    /// Starts the store again, as often as the power goes meanwhile, and compares.
    func start(candidates: [StoreContents]) throws {
        while true {
            close()
            countCuts()
            endFaults()
            if let again = armedAgain {
                armedAgain = nil
                disk.cutPower(afterChanges: again)
            }
            do {
                try open()
                if hasDied { continue }
                break
            } catch {
                guard hasDied else { throw Finding("does not open: \(error)") }
            }
        }
        try verify(candidates: candidates)
    }

    func open() throws {
        let opened = try GroupWriter(file: file, clock: clock, reserveBytes: 0) { _ in }
        writer = opened
        guard disk.syncDirectory() else { throw StoreFailure.stopped }
        try opened.prepare { ledger in
            if plant == .synchronousOff {
                try ledger.connection.execute("PRAGMA synchronous = OFF")
            } else if plant == .synchronousNormal {
                try ledger.connection.execute("PRAGMA synchronous = NORMAL")
            }
            if let sql = plant?.trigger { try ledger.connection.execute(sql) }
            try ledger.loadDedup(windowMs: World.windowMs, now: clock.now)
            let known = routes
            routes = try World.plan.map { source, hook, destinations, windowMs in
                Route(
                    source: try ledger.number(of: source, kind: .source),
                    hook: try ledger.number(of: hook, kind: .hook),
                    destinations: try destinations.map {
                        try ledger.number(of: $0, kind: .destination)
                    },
                    dedupWindowMs: windowMs)
            }
            for (old, new) in zip(known, routes)
            where (old.source, old.hook) != (new.source, new.hook)
                || old.destinations != new.destinations
            {
                throw Finding("a name has another number after the restart")
            }
        }
    }

    private static let plan: [(String, String, [String], Int64)] = [
        ("chatlio", "started", ["platform"], windowMs),
        ("chatlio", "feedback", ["platform", "copy"], windowMs),
        ("shop", "order", ["copy"], 0),
        ("shop", "visit", ["copy", "archive"], windowMs),
    ]

    var destinations: [Int64] { Set(routes.flatMap(\.destinations)).sorted() }

    /// Reads everything and takes over which of the candidates it is.
    func verify(candidates: [StoreContents]) throws {
        let (found, damages) = try StoreContents.read(file, now: clock.now)
        guard damages.isEmpty else { throw Finding(damages.joined(separator: "; ")) }
        guard let match = candidates.first(where: { $0 == found }) else {
            let lines = candidates.map { $0.differences(from: found).joined(separator: "\n  ") }
            throw Finding("contents differ:\n  " + lines.joined(separator: "\n or\n  "))
        }
        if match != candidates.first {
            doubtsKept += 1
        } else if candidates.contains(where: { $0 != match }) {
            doubtsLost += 1
        }
        model = match
        lastSequence = model.events.keys.max() ?? 0
    }

    func close() {
        guard let open = writer else { return }
        writer = nil
        World.close(open)
    }

    private static func close(_ writer: GroupWriter) {
        let closed = Mailbox<Bool>()
        writer.close { closed.put(true) }
        _ = closed.take()
    }
}
