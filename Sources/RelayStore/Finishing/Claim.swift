package import RelayCore

/// A delivery handed out for sending: what to send, and the state of its row, which must still be
/// the same when the delivery is finished.
package struct Claim: Sendable {
    package let id: EventID
    package let destination: Int64
    /// Of the row: 0 for one that was never tried.
    package let dueAtMs: Int64
    /// Sends made before this one.
    package let attempts: Int
    package let source: Int64
    package let hook: Int64
    package let receivedAt: Timestamp
    package let lane: String?
    package let replay: Int64?
    package let body: [UInt8]
    /// The trace that the event came with, to be passed on.
    package let trace: TraceContext?
    private let replayedAt: Timestamp?

    package init(
        id: EventID, destination: Int64, dueAtMs: Int64, attempts: Int, source: Int64, hook: Int64,
        receivedAt: Timestamp, lane: String?, replay: Int64?, body: [UInt8],
        trace: TraceContext? = nil, replayedAt: Timestamp? = nil
    ) {
        self.id = id
        self.destination = destination
        self.dueAtMs = dueAtMs
        self.attempts = attempts
        self.source = source
        self.hook = hook
        self.receivedAt = receivedAt
        self.lane = lane
        self.replay = replay
        self.body = body
        self.trace = trace
        self.replayedAt = replayedAt
    }

    /// From when its age counts: an old event that is sent again has its whole time before it.
    package var agesFrom: Timestamp { replayedAt ?? receivedAt }

    package var laneKey: Int64? { lane.map(LaneKey.of) }
}
