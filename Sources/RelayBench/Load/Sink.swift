import CLoad

/// A destination that takes everything at once, late, or never.
final class Sink {
    private let number: Int32
    let port: Int

    /// - Parameter delayMs: of each answer; nil: it never answers.
    init(delayMs: Int?, marks: Bool) throws(BenchFailure) {
        number = cload_sink_start(Int32(delayMs ?? -1), marks ? 1 : 0)
        guard number >= 0 else { throw BenchFailure("a sink cannot be started (\(-number))") }
        port = Int(cload_sink_port(number))
    }

    var counts: SinkCounts { SinkCounts(cload_sink_read(number)) }

    func reset() { cload_sink_reset(number) }

    /// False when they have not arrived within the limit.
    func wait(messages: Int, limitMs: Int) -> Bool {
        cload_sink_wait(number, Int64(messages), Int64(limitMs)) == 0
    }

    func stop() { cload_sink_stop(number) }
}
