import Dispatch
import Foundation
import Glibc
import RelayCore
import RelayTesting

/// The built relay under load, killed as planned, started again, drained, and asked for its books.
/// Sender and sinks are processes of their own that live through all of it.
final class KillRound {
    let plan: KillPlan
    let folder: TemporaryFolder
    let relay: RelayUnderTest
    let sender: WitnessSender
    let sinks: [WitnessSink]
    let clock: WallClockShift
    var dice: Dice
    private(set) var kills = 0
    /// The one that runs, or the last that ran; the first is 1.
    private(set) var lives = 0
    /// What is known of the round, for the verdict.
    var books = KillBooks()

    init(_ plan: KillPlan) throws {
        self.plan = plan
        dice = Dice(seed: plan.seed &+ 0x51)
        let folder = try TemporaryFolder()
        self.folder = folder
        clock = try WallClockShift(in: folder)
        sinks = try plan.destinations.indices.map { index in
            try WitnessSink(
                name: "sink\(index)", seed: plan.seed, delayUs: plan.delayUs,
                trouble: plan.trouble, in: folder)
        }
        let port = try ListeningSocket.freePort()
        relay = try RelayUnderTest(
            KillRound.settings(plan, port: port), folder: folder)
        sender = try WitnessSender(plan.sender, seed: plan.seed, port: port, in: folder)
        books.mayForget = plan.ahead != nil
        books.underWayMost = plan.destinations.map { plan.window * $0.events }
    }

    func run() throws -> KillTally {
        for ending in plan.endings { try live(until: ending) }
        try launch()
        try relay.waitUntilListening()
        // It takes and delivers as if nothing had been.
        try sender.waitForAcknowledgements(try sender.ledger().acknowledged.count + 20)
        books.sent = try sender.finish()
        try drain()
        guard try relay.stop() == .code(0) else {
            throw NeverHappened("an orderly end: \(relay.log)")
        }
        books.arrivals = try sinks.map { try $0.arrivals() }
        books.last = StoreLeft(try relay.list())
        let tally = try KillVerdict(books: books).tally()
        try checkAccount()
        return tally
    }

    private func live(until ending: KillPlan.Ending) throws {
        try launch()
        if case .start(let us) = ending {
            wait(us: us)
            return try kill()
        }
        try relay.waitUntilListening()
        switch ending {
        case .start: break
        case .load(let count, let us):
            try sender.waitForAcknowledgements(try sender.ledger().acknowledged.count + count)
            wait(us: us)
        case .stop(let us):
            try sender.waitForAcknowledgements(try sender.ledger().acknowledged.count + 20)
            relay.process?.signal(SIGTERM)
            wait(us: us)
        case .pause(let us):
            try sender.waitForAcknowledgements(try sender.ledger().acknowledged.count + 20)
            relay.process?.signal(SIGSTOP)
            wait(us: us)
            if us % 2 == 0 {
                relay.process?.signal(SIGCONT)
                wait(us: us / 2)
            }
        case .command(let act, let us): return try command(act, us: us)
        }
        try kill()
    }

    private func launch() throws {
        if lives > 0 { try readStore() }
        lives += 1
        relay.settings.extra["destinations"] = destinations()
        try relay.writeConfiguration()
        if let ahead = plan.ahead, lives > ahead { try clock.set(ms: 7_200_000) }
        try relay.launch(before: plan.ahead == nil ? [] : clock.words)
    }

    /// Before anything starts on it again: what the kill, and a command beside it, left.
    private func readStore() throws {
        if let plant = plan.plant, plant.isSeenInStore { try plant.apply(relay.dataDirectory) }
        let sent = try sender.ledger()
        let left = try StoreLeft.read(relay, copyingTo: folder.file("left"))
        guard left != nil || sent.acknowledged.isEmpty else {
            throw KillFinding("the store that life \(lives) left cannot be read")
        }
        let proofs = sent.acknowledged.keys.compactMap { sent.sentAtNs[$0] }
        books.ends.append(
            KillBooks.LifeEnd(store: left ?? StoreLeft(), lastProofNs: proofs.max() ?? 0))
        if let plant = plan.plant, !plant.isSeenInStore { try plant.apply(relay.dataDirectory) }
    }

    /// The relay's own word on what it holds.
    private func checkAccount() throws {
        let audit = try relay.ask("audit", "--json")
        guard audit.code == 0 else {
            throw KillFinding("the account does not balance: \(audit.output)")
        }
        // Also of what retention has removed.
        guard let total = try audit.json().first, total["dead"] == 0, total["expired"] == 0 else {
            throw KillFinding("something was given up by the relay: \(audit.output)")
        }
        let check = try relay.run(["verify", "--config", relay.configurationPath])
        guard check.code == 0 else {
            throw KillFinding("verify: \(check.output)\(check.errors)")
        }
        guard relay.leaks.isEmpty else { throw KillFinding("a secret was shown") }
    }

    func kill() throws {
        try relay.kill()
        kills += 1
    }

    /// A random instant, not a judgement.
    func wait(us: Int) {
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .microseconds(us))
    }

    /// However long it takes, as long as something arrives.
    private func drain() throws {
        var isEmpty = false
        while !isEmpty {
            let before = try arrivalCount()
            try eventually("an empty queue, or an arrival, after \(plan)\n\(relay.log)") {
                let counts = try relay.ask("status", "--json").json().first?["counts"]
                isEmpty = counts?["queued"] == 0 && counts?["inflight"] == 0
                return try isEmpty || arrivalCount() > before
            }
        }
    }

    private func arrivalCount() throws -> Int {
        try sinks.reduce(0) { try $0 + $1.arrivals().count }
    }

    private static func settings(
        _ plan: KillPlan, port: Int
    ) -> RelaySettings {
        var settings = RelaySettings(inletURL: "")
        settings.intake["listen"] = .string("127.0.0.1:\(port)")
        settings.storage["retention"] = [
            "delivered": "60s", "dead": "60s", "discarded": "60s",
        ]
        var sources = JSONObject()
        for index in plan.destinations.indices {
            // The first source has one destination, the second two, and so on.
            sources["source\(index)"] = [
                "kind": "chatlio", "tokens": [.string(RelaySettings.token)],
                "destination": .array((0...index).map { .string("d\($0)") }),
                "lane": index == 0 ? "/lane" : "/none",
            ]
        }
        settings.extra["sources"] = .object(sources)
        return settings
    }

    private func destinations() -> JSONValue {
        var destinations = JSONObject()
        for (index, (kind, sink)) in zip(plan.destinations, sinks).enumerated() {
            destinations["d\(index)"] = destination(kind, port: sink.port)
        }
        return .object(destinations)
    }

    private func destination(_ kind: KillPlan.Kind, port: Int) -> JSONValue {
        let headers: JSONValue = ["x-witness-life": .string("\(lives)")]
        let retry: JSONValue = ["first": "10ms", "cap": "200ms"]
        let concurrency: JSONValue = [
            "initial": .integer(Int64(min(8, plan.window))), "max": .integer(Int64(plan.window)),
        ]
        switch kind {
        case .single, .batch:
            var settings = JSONObject()
            settings["kind"] = "platform"
            settings["flowId"] = .string(SimulatorUnderTest.flowID)
            settings["inletURL"] = .string("http://127.0.0.1:\(port)/collection/witness")
            settings["stamp"] = true
            settings["headers"] = headers
            settings["retry"] = retry
            settings["concurrency"] = concurrency
            if kind == .batch { settings["batch"] = ["maxMessages": .integer(Int64(kind.events))] }
            return .object(settings)
        case .http:
            return [
                "kind": "http", "url": .string("http://127.0.0.1:\(port)/in"),
                "sign": [
                    "scheme": "standard-webhooks",
                    "secret": "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
                ], "stamp": false, "headers": headers, "retry": retry, "concurrency": concurrency,
            ]
        }
    }
}
