/// Where one delivery (an event on its way to one destination) stands.
///
/// `inflight` and `held` are not written to the delivery's row: the first lives in the scheduler of
/// the process that owns the store, the second follows from a hold on the destination. After a
/// crash both are `queued` again, which is what makes a restart need no repair.
package enum DeliveryState: String, CaseIterable, Sendable {
    case queued, inflight, held, delivered, dead, discarded, expired

    /// A final delivery has left the queue and has a row that says why.
    package var isFinal: Bool {
        switch self {
        case .queued, .inflight, .held: false
        case .delivered, .dead, .discarded, .expired: true
        }
    }
}
