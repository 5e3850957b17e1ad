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
        for exchange in exchanges { exchange.cut(reset: false) }
    }

    private func depart(_ reply: Reply, on exchange: Exchange) {
        let response = reply.response
        switch reply.manner {
        case .whole: exchange.answer(response)
        case .reset: exchange.cut(reset: true)
        case .hang: hold(exchange)
        case .truncated(let bytes): write(response.truncated(bytes: bytes), on: exchange)
        case .dripped(let rate):
            let bytes = response.wire(announcedBytes: response.body.count)
            write(bytes, bytesPerSecond: rate, on: exchange)
        case .garbage: write(Garbage.bytes, on: exchange)
        }
    }

    private func write(_ bytes: [UInt8], bytesPerSecond: Int? = nil, on exchange: Exchange) {
        Dribble(bytes, bytesPerSecond: bytesPerSecond, to: exchange, on: queue).start()
    }

    private func hold(_ exchange: Exchange) {
        let (isFirst, oldest) = held.withLock { held -> (Bool, Exchange?) in
            guard held != nil else { return (false, exchange) }
            held?.append(exchange)
            let count = held?.count ?? 0
            return (count == 1, count > Self.heldLimit ? held?.removeFirst() : nil)
        }
        oldest?.cut(reset: false)
        if isFirst { watch() }
    }

    /// As long as anybody is held, looks now and then whether they are still there.
    private func watch() {
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.watchMs)) { [weak self] in
            guard let self else { return }
            let (gone, remain) = held.withLock { held -> ([Exchange], Bool) in
                let gone = (held ?? []).filter { !$0.hasClient }
                held?.removeAll { exchange in gone.contains { $0 === exchange } }
                return (gone, held?.isEmpty == false)
            }
            for exchange in gone { exchange.cut(reset: false) }
            if remain { watch() }
        }
    }

    private static let watchMs = 100
}
