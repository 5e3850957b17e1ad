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

    /// Writes bytes to the client as they are, instead of an answer or as the beginning of one:
    /// not HTTP unless the caller makes it so. Afterwards only more of the same or `cut` can
    /// follow; `answer`, and letting go of the exchange, just close the connection, and so does
    /// stopping the server. Never blocks and waits for no one, so no bound on answers applies.
    ///
    /// Over TLS nothing is written and the connection is closed.
    ///
    /// - Returns: how many bytes were taken, fewer than given while the client does not read; nil
    ///   when the client is gone or the exchange is over.
    package func sendRaw(_ bytes: ArraySlice<UInt8>) -> Int? {
        switch receiver {
        case .connection(let connection, let generation):
            connection.sendRaw(bytes, generation: generation)
        case .closure: nil
        }
    }

    /// Ends the connection without an answer, or after what `sendRaw` has written: with a reset
    /// (RST; what the client has not received yet is lost) or in an orderly way (FIN). A unix
    /// socket knows only the latter. Without a connection behind it the exchange answers 500.
    package func cut(reset: Bool) {
        switch receiver {
        case .connection(let connection, let generation):
            connection.cut(reset: reset, generation: generation)
        case .closure(let onAnswer, let once):
            if once.take() { onAnswer(.unanswered) }
        }
    }

    /// Whether somebody still waits for the answer: false once the client has closed its side of
    /// the connection, or the exchange is over. A question to the kernel, for answers that are
    /// kept back for long.
    package var hasClient: Bool {
        switch receiver {
        case .connection(let connection, let generation):
            connection.hasPeer(generation: generation)
        case .closure(_, let once): !once.isTaken
        }
    }

    package static func answerAll(_ answers: [(Exchange, ServerResponse)]) {
        for (exchange, response) in answers { exchange.answer(response) }
    }
}
