import HTTPClient
import HTTPServer
import PlatformSimulator
import RelayCore
import RelayDelivery
import RelayTesting

/// The way out of one life of the relay: requests travel, arrive at a site or are lost, and are
/// answered or not, each after its time on the stage.
// Sendable: touched by the thread that drives the stage alone.
final class SimulatedNetwork: Sending, @unchecked Sendable {
    /// One request under way.
    // Sendable: the thread that drives the stage is the only one.
    private final class Flight: @unchecked Sendable {
        let request: ClientRequest
        let letter: Letter
        let site: Site
        var isOver = false
        let completion: @Sendable (Result<ClientResponse, ClientFailure>) -> Void

        init(
            _ request: ClientRequest, _ letter: Letter, _ site: Site,
            _ completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
        ) {
            self.request = request
            self.letter = letter
            self.site = site
            self.completion = completion
        }
    }

    private let wire: any WorkQueue
    private let sites: [Site]
    private let witness: Witness
    private var dice: Dice
    private var inFlight = [0, 0, 0]
    private var flights: [ObjectIdentifier: Flight] = [:]
    /// The process is gone: nothing leaves any more, and no answer finds it.
    var isCutOff: () -> Bool = { false }

    init(stage: Stage, sites: [Site], witness: Witness, seed: UInt64) {
        wire = stage.worldQueue("wire")
        self.sites = sites
        self.witness = witness
        dice = Dice(seed: seed)
    }

    func send(
        _ outgoing: OutgoingRequest,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) {
        guard !isCutOff() else { return }
        let request = outgoing.request
        let host = Letter.host(of: request.url)
        guard let site = sites.first(where: { $0.host == host || host == "ims.example" }) else {
            return witness.note(World.Finding("a request to nobody: \(request.url)"))
        }
        let letter: Letter
        do throws(World.Finding) {
            letter = try Letter(request)
        } catch {
            return witness.note(error)
        }
        if !letter.isToken { inFlight[site.index] += 1 }
        witness.sent(letter, to: site, inFlight: inFlight[site.index])
        let flight = Flight(request, letter, site, completion)
        flights[ObjectIdentifier(flight)] = flight
        wire.async(afterMs: dice.number(1...40)) { [self] in arrive(flight) }
        wire.async(afterMs: request.timeoutMs) { [self] in
            finish(
                flight,
                .failure(
                    ClientFailure(kind: .timeout, message: "timeout", requestMayHaveArrived: true)))
        }
    }

    private func arrive(_ flight: Flight) {
        guard !flight.isOver else { return }
        if let loss = flight.site.lossOnTheWay() { return finish(flight, .failure(loss)) }
        let (reply, taken) = flight.site.receive(flight.request, flight.letter)
        witness.arrived(flight.letter, at: flight.site, reply, taken: taken)
        let backMs = dice.number(1...40)
        func answer(afterMs: Int, _ result: Result<ClientResponse, ClientFailure>) {
            wire.async(afterMs: reply.delayMs + afterMs) { [self] in finish(flight, result) }
        }
        func lost(_ kind: ClientFailure.Kind) -> Result<ClientResponse, ClientFailure> {
            .failure(ClientFailure(kind: kind, message: "lost", requestMayHaveArrived: true))
        }
        switch reply.manner {
        case .whole: answer(afterMs: backMs, .success(SimulatedNetwork.response(reply)))
        case .dripped(let rate):
            let ms = reply.response.body.count * 1000 / max(rate, 1)
            answer(afterMs: backMs + ms, .success(SimulatedNetwork.response(reply)))
        case .reset, .truncated: answer(afterMs: backMs, lost(.reset))
        case .garbage: answer(afterMs: backMs, lost(.protocolError))
        case .hang: break
        }
    }

    private func finish(_ flight: Flight, _ result: Result<ClientResponse, ClientFailure>) {
        guard !flight.isOver else { return }
        flight.isOver = true
        flights[ObjectIdentifier(flight)] = nil
        guard !isCutOff() else { return }
        if !flight.letter.isToken { inFlight[flight.site.index] -= 1 }
        witness.answered(flight.letter, by: flight.site, try? result.get())
        flight.completion(result)
    }

    /// The process is gone, and with it all that waits for an answer. What would become of that is
    /// never done: its queues are gone, too.
    func abandon() {
        let left = flights.values
        flights = [:]
        for flight in left where !flight.isOver {
            flight.isOver = true
            flight.completion(
                .failure(
                    ClientFailure(
                        kind: .cancelled, message: "gone", requestMayHaveArrived: true)))
        }
    }

    private static func response(_ reply: Reply) -> ClientResponse {
        ClientResponse(
            status: reply.status,
            headers: ResponseHeaders(reply.response.headers.map { (name: $0.0, value: $0.1) }),
            body: reply.response.body)
    }

    func cancelAll() {}
    func close(completion: @escaping @Sendable () -> Void) { completion() }
}
