import HTTPClient
import PlatformSimulator
import RelayCore
import RelayStore
import RelayTesting

/// Sees everything that enters and leaves the relay, keeps its own books, and says what must not
/// have been. It knows nothing of the relay's code.
// Sendable: the thread that drives the stage is the only one.
final class Witness: @unchecked Sendable {
    /// An event at a site.
    struct Key: Hashable, Comparable {
        let site: Int
        let sequence: Int64

        static func < (left: Key, right: Key) -> Bool {
            (left.site, left.sequence) < (right.site, right.sequence)
        }
    }

    struct Track {
        /// The relay was told that it is delivered, and nobody has asked for it again.
        var isDelivered = false
        /// Not before this instant of the stage, ms, as long as nobody touches the wall clock.
        var notBeforeMs: Int64?
        var hasArrived = false
        var isTaken = false
        /// An answer has said so at some time.
        var wasTold = false
        var isCondemned = false
        var isReplayed = false
        var isDiscarded = false
    }

    let stage: Stage
    var offers: [Int: Offer] = [:]
    var tracks: [Key: Track] = [:]
    /// Every id under which an event has been seen, and the other way round.
    var numbers: [EventID: Int] = [:]
    /// What was answered with 200: the offer, and the id that was told.
    var acknowledged: [(number: Int, id: EventID, isDuplicate: Bool)] = []
    /// Untried events of a destination that is well, since when.
    var fresh: [Key: Int64] = [:]
    /// What an operator has given up or erased and the relay must know of, since when.
    var withdrawnFromMs: [Key: Int64] = [:]
    /// Events that somebody has asked to erase, and those of which he was told that it is done.
    var toBeErased: Set<Int64> = []
    var erased: Set<Int64> = []
    /// The last that arrived of each lane at each site.
    var laneTops: [Int: [String: Int64]] = [:]
    var windowLimit = 0
    var rateLimit = 0
    var sends: [[Int64]] = [[], [], []]
    /// Since when the relay must know that a site is held.
    var heldFromMs: [Int64?] = [nil, nil, nil]
    /// From then on a new process may know another time than the last one did.
    private var hasJumped = false
    private(set) var problem: World.Finding?
    private(set) var journal: [String] = []
    var counts = SimulationCounts()

    init(stage: Stage) {
        self.stage = stage
    }

    /// The first counts; what follows may be its consequence.
    func note(_ finding: World.Finding) {
        guard problem == nil else { return }
        problem = finding
        record("FINDING \(finding)")
    }

    func record(_ line: String) { journal.append("\(stage.elapsedMs) \(line)") }

    // MARK: Senders

    func acknowledge(_ offer: Offer, id: EventID, isDuplicate: Bool, calmSites: Set<Int>) {
        record("acknowledged \(offer.number) \(id.sequence) \(isDuplicate)")
        counts.acknowledged += 1
        acknowledged.append((offer.number, id, isDuplicate))
        if let known = numbers[id], known != offer.number {
            note(World.Finding("\(id) was given to \(known) and \(offer.number)"))
        }
        numbers[id] = offer.number
        guard !isDuplicate, offer.lane == nil, offer.isParsable, !offer.isPoison else { return }
        for site in offer.hook.sites where calmSites.contains(site) {
            let key = Key(site: site, sequence: id.sequence)
            if tracks[key]?.hasArrived != true { fresh[key] = stage.elapsedMs }
        }
    }

    // MARK: What must not take long

    /// A new event reaches a destination that is well within this, whatever the others do, ms.
    static let freshLimitMs: Int64 = 60_000

    func checkFresh() {
        guard
            let late = fresh.filter({ stage.elapsedMs - $0.value > Self.freshLimitMs }).keys.min()
        else { return }
        note(World.Finding("\(late) waits since \(fresh[late] ?? 0) though its site is well"))
    }

    /// Something is about to happen to a site, or to all: what waits may wait.
    func disturb(site: Int?) {
        checkFresh()
        fresh = fresh.filter { site != nil && $0.key.site != site }
    }

    // MARK: Lives

    /// The wall clock was touched: what the relay waits for by it means nothing any more.
    func clockJumped() {
        hasJumped = true
        forgetWaits()
    }

    private func forgetWaits() {
        for key in tracks.keys { tracks[key]?.notBeforeMs = nil }
    }

    func lifeEnded() {
        disturb(site: nil)
        if hasJumped { forgetWaits() }
    }

    /// A new process: what was told to the last one counts if that wrote it down.
    func reconcile(_ contents: StoreContents, numberOfSite: [Int64]) {
        let now = stage.now.milliseconds
        for key in tracks.keys {
            let row = DeliveryKey(sequence: key.sequence, destination: numberOfSite[key.site])
            switch contents.deliveries[row] {
            case .delivered: tracks[key]?.notBeforeMs = nil
            case .queued(let dueAtMs, _) where dueAtMs > now: tracks[key]?.isDelivered = false
            // A row that was pruned was recorded, too.
            case nil where contents.events[key.sequence] == nil: tracks[key]?.notBeforeMs = nil
            default:
                tracks[key]?.isDelivered = false
                tracks[key]?.notBeforeMs = nil
            }
        }
    }
}
