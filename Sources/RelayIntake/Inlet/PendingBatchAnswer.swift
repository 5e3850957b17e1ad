import HTTPServer
import RelayCore
import RelayStore
import Synchronization

/// A batch of which some messages are on their way to the disk. It is answered once, after the
/// commits of all.
final class PendingBatchAnswer: Sendable {
    enum Element: Sendable {
        case waiting
        /// Refused by the inlet; never offered to the store.
        case unknownFlow
        case accepted(Acceptance)
    }

    private struct State {
        var elements: [Element]
        var waitingCount: Int
        let hadNothingToWaitFor: Bool

        init(taken: [Bool]) {
            elements = taken.map { $0 ? .waiting : .unknownFlow }
            waitingCount = taken.count { $0 }
            hadNothingToWaitFor = waitingCount == 0
        }
    }

    private let exchange: Exchange
    private let endpoint: Endpoint
    private let inlet: Inlet
    private let receivedAt: Timestamp
    private let state: Mutex<State>

    /// - Parameter taken: for each message, whether it goes to the store.
    init(
        exchange: Exchange, receipt: Receipt, inlet: Inlet, taken: [Bool]
    ) {
        self.exchange = exchange
        self.inlet = inlet
        endpoint = receipt.endpoint
        receivedAt = receipt.receivedAt
        state = Mutex(State(taken: taken))
    }

    func waiter(index: Int) -> any AcceptWaiter { MessageWaiter(batch: self, index: index) }

    /// For a batch of which no message goes to the store.
    func answerIfNothingWaits() {
        let elements = state.withLock { $0.hadNothingToWaitFor ? $0.elements : nil }
        if let elements { exchange.answer(response(elements)) }
    }

    private func finished(_ acceptance: Acceptance, index: Int) {
        endpoint.counters.count(acceptance)
        let complete: [Element]? = state.withLock { state in
            state.elements[index] = .accepted(acceptance)
            state.waitingCount -= 1
            return state.waitingCount == 0 ? state.elements : nil
        }
        if let complete { exchange.answer(response(complete)) }
    }

    private func response(_ elements: [Element]) -> ServerResponse {
        let ids = elements.lazy.compactMap(\.eventID)
        if ids.isEmpty, let refusal = elements.lazy.compactMap(\.refusal).first {
            return InletAnswer.unavailable(
                refusal, retryAfterSeconds: Problem.retryAfterSeconds())
        }
        return InletAnswer.batch(
            elements.map { $0.answer(inlet) }, batchID: ids.first, by: inlet, at: receivedAt)
    }

    private final class MessageWaiter: AcceptWaiter {
        private let batch: PendingBatchAnswer
        private let index: Int

        init(batch: PendingBatchAnswer, index: Int) {
            self.batch = batch
            self.index = index
        }

        func finished(_ acceptance: Acceptance) { batch.finished(acceptance, index: index) }
    }
}

extension PendingBatchAnswer.Element {
    fileprivate var eventID: EventID? {
        switch self {
        case .accepted(.stored(let id)), .accepted(.duplicate(let id)): id
        case .accepted(.refused), .waiting, .unknownFlow: nil
        }
    }

    fileprivate var refusal: Acceptance.Refusal? {
        if case .accepted(.refused(let refusal)) = self { refusal } else { nil }
    }

    fileprivate func answer(_ inlet: Inlet) -> JSONValue {
        switch self {
        case .unknownFlow: return InletAnswer.elementFlowRefused(inlet)
        case .waiting: preconditionFailure("a batch is answered when nothing waits")
        case .accepted(.stored(let id)), .accepted(.duplicate(let id)):
            return InletAnswer.element(id)
        case .accepted(.refused(let refusal)):
            return InletAnswer.element(status: 503, message: Problem.reason(refusal))
        }
    }
}
