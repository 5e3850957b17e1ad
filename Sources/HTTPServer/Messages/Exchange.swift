/// The right to answer one request, once, from any thread. Dropped unanswered it answers 500.
package final class Exchange: Sendable {
    private enum Receiver: Sendable {
        case connection(Connection, generation: UInt64)
        case closure(@Sendable (ServerResponse) -> Void, once: OneShot)
    }

    private let receiver: Receiver

    init(connection: Connection, generation: UInt64) {
        receiver = .connection(connection, generation: generation)
    }

    /// An exchange without a connection behind it: for handlers driven directly.
    package init(onAnswer: @escaping @Sendable (ServerResponse) -> Void) {
        receiver = .closure(onAnswer, once: OneShot())
    }

    deinit { answer(.unanswered) }

    /// Harmless when the client is gone or the server has already given up on the exchange: the
    /// first answer counts.
    package func answer(_ response: ServerResponse) {
        switch receiver {
        case .connection(let connection, let generation):
            connection.accept(response, generation: generation)
        case .closure(let onAnswer, let once):
            if once.take() { onAnswer(response) }
        }
    }

    package static func answerAll(_ answers: [(Exchange, ServerResponse)]) {
        for (exchange, response) in answers { exchange.answer(response) }
    }
}
