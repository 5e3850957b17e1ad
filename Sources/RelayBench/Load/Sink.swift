import CLoad

/// A destination that takes everything at once, late, or never.
final class Sink {
    private let number: Int32
    let port: Int

    /// The words in its refusals.
    static let refusalWords = CLOAD_REFUSAL_WORDS

    /// - Parameter delayMs: of each answer; nil: it never answers.
    init(port wanted: Int = 0, delayMs: Int?, marks: Bool) throws(BenchFailure) {
        number = cload_sink_start(Int32(wanted), Int32(delayMs ?? -1), marks ? 1 : 0)
        guard number >= 0 else { throw BenchFailure("a sink cannot be started (\(-number))") }
        port = Int(cload_sink_port(number))
    }

    var counts: SinkCounts { SinkCounts(cload_sink_read(number)) }

    /// Refuses all with a status, or requests with every so many-th event with 400.
    func misbehave(poisonEvery: Int = 0, status: Int = 0) {
        cload_sink_misbehave(number, Int32(poisonEvery), Int32(status))
    }

    func reset() { cload_sink_reset(number) }

    /// False when they have not arrived within the limit.
    func wait(messages: Int, limitMs: Int) -> Bool {
        cload_sink_wait(number, Int64(messages), Int64(limitMs)) == 0
    }

    func stop() { cload_sink_stop(number) }
}
