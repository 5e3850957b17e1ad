import Dispatch
import HTTPServer

/// Bytes on their way to one client, at a pace or as fast as it takes them; then the end.
// Sendable: everything is touched on `queue` only.
final class Dribble: @unchecked Sendable {
    /// A client that reads nothing for so long has its connection closed, ms.
    private static let patienceMs = 60_000
    private static let waitMs = 10
    private static let tickMs = 50

    private let exchange: Exchange
    private let queue: DispatchQueue
    private var rest: ArraySlice<UInt8>
    private let stepBytes: Int
    private let stepMs: Int
    private var waitedMs = 0

    /// Without a pace all that the client takes goes at once.
    init(
        _ bytes: [UInt8], bytesPerSecond: Int? = nil, to exchange: Exchange,
        on queue: DispatchQueue
    ) {
        rest = bytes[...]
        self.exchange = exchange
        self.queue = queue
        let stepBytes = bytesPerSecond.map { max($0 * Self.tickMs / 1000, 1) } ?? bytes.count
        self.stepBytes = stepBytes
        stepMs = bytesPerSecond.map { stepBytes * 1000 / $0 } ?? 0
    }

    func start() { queue.async { self.step() } }

    /// One timer at a time; the next begins when this one has come.
    private func step() {
        let taken = exchange.sendRaw(rest.prefix(stepBytes))
        guard let taken, waitedMs < Self.patienceMs else { return exchange.cut(reset: false) }
        rest = rest.dropFirst(taken)
        if rest.isEmpty { return exchange.cut(reset: false) }
        waitedMs = taken == 0 ? waitedMs + max(stepMs, Self.waitMs) : 0
        let delayMs = max(stepMs, taken == 0 ? Self.waitMs : 0)
        queue.asyncAfter(deadline: .now() + .milliseconds(delayMs)) { self.step() }
    }
}
