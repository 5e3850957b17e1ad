import HTTPClient
import HTTPServer
import PlatformSimulator
import RelayCore
import RelayTesting

/// One destination: the Platform simulator without a network, and the weather around it.
// Sendable: the thread that drives the stage is the only one.
final class Site: @unchecked Sendable {
    static let names = ["platform", "single", "copy"]

    let index: Int
    let simulator: Simulator
    private(set) var weather: Weather?
    private var dice: Dice
    /// A later weather is not ended by the end of an earlier one.
    private var spell = 0
    private var lastLanded: UInt64 = 0

    var name: String { Site.names[index] }
    /// Its answers are those of a destination that is well.
    var isFair: Bool { weather?.isFair ?? true }
    var host: String { "\(name).example" }

    init(index: Int, seed: UInt64, clock: any Clock) {
        self.index = index
        dice = Dice(seed: seed &+ UInt64(index))
        var settings = SimulatorSettings()
        settings.enableDelayMs = 0
        settings.tokenLifeSeconds = 5400
        settings.retryAfterSeconds = 3
        simulator = Simulator(
            settings: settings, clock: clock, seed: seed, requiresAuthentication: index == 0)
        becomeFair()
    }

    func begin(_ weather: Weather) -> Int {
        self.weather = weather
        simulator.clearFaults()
        script(weather.rules)
        script(Self.poisonRule)
        spell += 1
        return spell
    }

    /// - Returns: whether it was that spell which ended.
    func end(_ spell: Int) -> Bool {
        guard spell == self.spell else { return false }
        becomeFair()
        return true
    }

    func becomeFair() {
        weather = nil
        spell += 1
        simulator.clearFaults()
        script(Self.poisonRule)
    }

    /// Some events are refused whenever they are in a request, alone or not.
    private static let poisonRule = """
        [{"match": {"contains": "\\"poison\\""}, "action": {"status": 400, "body": {}}}]
        """

    private func script(_ rules: String) {
        do {
            try simulator.script(try JSONValue.parse(Array(rules.utf8)))
        } catch {
            preconditionFailure("a rule that is none: \(rules): \(error)")
        }
    }

    /// What the network does to a request before it arrives; nil: it arrives.
    func lossOnTheWay() -> ClientFailure? {
        guard let weather, dice.number(1...100) <= weather.percent else { return nil }
        switch weather.kind {
        case .refusingConnections: return Self.failure(.connect, false)
        case .unresolvable: return Self.failure(.resolve, false)
        case .brokenTLS: return Self.failure(.tls, false)
        case .resettingBefore: return Self.failure(.reset, true)
        default: return nil
        }
    }

    private static func failure(_ kind: ClientFailure.Kind, _ arrived: Bool) -> ClientFailure {
        ClientFailure(kind: kind, message: "\(kind)", requestMayHaveArrived: arrived)
    }

    /// - Returns: the answer, and the ids that were taken.
    func receive(_ request: ClientRequest, _ letter: Letter) -> (Reply, taken: [String]) {
        let fields = request.headers.compactMap { line -> HeaderField? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return HeaderField(
                name: String(parts[0]), value: String(parts[1].drop { $0 == " " }))
        }
        let head = RequestHead(
            method: request.method, path: letter.path, query: letter.query, headers: fields,
            declaredLength: request.body.count)
        let reply = simulator.answer(ServerRequest(head: head, body: request.body))
        let taken = simulator.landed(since: lastLanded, fate: nil)
        lastLanded = taken.last?.sequence ?? lastLanded
        return (reply, taken.compactMap(\.messageID))
    }
}
