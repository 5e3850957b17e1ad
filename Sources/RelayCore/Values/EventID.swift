/// The public name of an event: a ULID (26 characters of Crockford's base 32), time-ordered.
///
/// 48 bits of milliseconds, 21 bits that count within the millisecond, 59 bits that name the
/// store's lineage. The first two are the event's row number in the embedded store, so an id finds
/// its row without an index; the lineage keeps ids of different stores (and of a store restored
/// from a copy) apart, because Platform treats equal ids as one event.
package struct EventID: Hashable, Sendable {
    package static let counterBits: Int64 = 21
    package static let lineageLimit: Int64 = 1 << 59

    /// Milliseconds and counter: 42 + 21 bits, so that it fits a positive row number until 2109.
    package let sequence: Int64
    package let lineage: Int64

    package init(sequence: Int64, lineage: Int64) {
        precondition(sequence >= 0 && (0..<EventID.lineageLimit).contains(lineage))
        self.sequence = sequence
        self.lineage = lineage
    }

    /// The first sequence that an event received at `time` may have.
    package static func firstSequence(at time: Timestamp) -> Int64 {
        let bounded = min(max(time.milliseconds, 0), (1 << 42) - 1)
        return bounded << counterBits
    }

    /// The time the id carries. It never goes back within a store, even when the wall clock does.
    package static func time(ofSequence sequence: Int64) -> Timestamp {
        Timestamp(milliseconds: sequence >> counterBits)
    }

    package var time: Timestamp { EventID.time(ofSequence: sequence) }
}
