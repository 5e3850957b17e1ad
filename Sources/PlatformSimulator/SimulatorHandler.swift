import HTTPServer

/// Lets the server's network threads ask the simulator.
final class SimulatorHandler: RequestHandler {
    /// Larger than any limit worth simulating; the simulator's own is asked later, in its order.
    private static let collectedBytes = 64 * 1_048_576

    private let simulator: Simulator
    private let departures: Departures

    init(simulator: Simulator, departures: Departures) {
        self.simulator = simulator
        self.departures = departures
    }

    func admit(_ head: RequestHead) -> Admission {
        .collect(bodyLimitBytes: Self.collectedBytes)
    }

    func bodyTooLarge(_ head: RequestHead) -> ServerResponse {
        ServerResponse(status: 413, closeConnection: true)
    }

    func respond(to request: ServerRequest, exchange: Exchange) {
        if request.head.path == "/_control/wait" {
            departures.wait(request, simulator, on: exchange)
        } else {
            departures.send(simulator.answer(request), on: exchange)
        }
    }
}
