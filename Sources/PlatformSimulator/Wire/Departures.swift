import Dispatch
import HTTPServer
import RelayCore
import Synchronization

/// Brings answers to the wire in the manner the script wants.
final class Departures: Sendable {
    /// Answers that never come are kept so long, lest their connections pile up.
    private static let heldLimit = 1024

    private let queue = DispatchQueue(label: "simulator.departures")
    /// Nil once nobody is held any more.
    private let held = Mutex<[Exchange]?>([])

    func send(_ reply: Reply, on exchange: Exchange) {
        guard reply.delayMs > 0 else { return depart(reply, on: exchange) }
        queue.asyncAfter(deadline: .now() + .milliseconds(reply.delayMs)) { [self] in
            depart(reply, on: exchange)
        }
    }

    /// `GET /_control/wait?lake=100&timeoutMs=30000`: answers the counters as soon as one of them
    /// is there, or 408 when the time is over first.
    func wait(_ request: ServerRequest, _ simulator: Simulator, on exchange: Exchange) {
        let query = FormFields(request.head.query ?? "")
        let goals = Goal.names.compactMap { name, _ in
            query[name].flatMap { Int($0) }.flatMap { Goal(named: name, least: $0) }
        }
        guard goals.count == 1 else {
            let names = Goal.names.map(\.0).joined(separator: ", ")
            let text = "wait: needs exactly one of \(names)"
            return exchange.answer(Reply.json(400, ["error": .string(text)]).response)
        }
        let number = simulator.when(goals[0]) { counters in
            exchange.answer(Reply.json(200, counters.json).response)
        }
        guard let number else { return }
        let timeoutMs = query["timeoutMs"].flatMap { Int($0) } ?? Self.waitMs
        queue.asyncAfter(deadline: .now() + .milliseconds(min(max(timeoutMs, 0), 600_000))) {
            simulator.giveUp(number)
            exchange.answer(Reply.json(408, simulator.counters.json).response)
        }
    }

    private static let waitMs = 30_000

    /// Ends every connection that waits for nothing.
    func letGo() {
        let exchanges = held.withLock { held in
            defer { held = nil }
            return held ?? []
        }
        for exchange in exchanges { exchange.answer(Self.noAnswer) }
    }

    private func depart(_ reply: Reply, on exchange: Exchange) {
        switch reply.manner {
        case .whole: exchange.answer(reply.response)
        case .reset: exchange.answer(Self.noAnswer)
        case .hang: hold(exchange)
        case .truncated(let bytes): exchange.answer(Self.cut(reply.response, bytes))
        case .dripped(let rate): drip(reply, rate, on: exchange)
        }
    }

    private func hold(_ exchange: Exchange) {
        let oldest = held.withLock { held -> Exchange? in
            guard held != nil else { return exchange }
            held?.append(exchange)
            return held?.count ?? 0 > Self.heldLimit ? held?.removeFirst() : nil
        }
        oldest?.answer(Self.noAnswer)
    }

    /// The server cannot send less than it announced, so the announcement shrinks as well: the
    /// client gets whole HTTP with half a JSON in it, and a closed connection.
    private static func cut(_ response: ServerResponse, _ bytes: Int) -> ServerResponse {
        var response = response
        response.body = Array(response.body.prefix(bytes))
        response.closeConnection = true
        return response
    }

    /// The server cannot send in pieces, so all of it comes when the last piece would have.
    private func drip(_ reply: Reply, _ rate: Int, on exchange: Exchange) {
        let delayMs = reply.response.body.count * 1000 / rate
        queue.asyncAfter(deadline: .now() + .milliseconds(delayMs)) {
            exchange.answer(reply.response)
        }
    }

    /// No HTTP status: the server cannot send it and closes the connection instead.
    private static let noAnswer = ServerResponse(status: 0, closeConnection: true)
}
