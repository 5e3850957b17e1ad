/// What can happen to a delivery.
package enum DeliveryEvent: String, CaseIterable, Sendable {
    /// The scheduler takes it for sending.
    case claim
    /// The relay stops, or loses its place in a window, before the request was sent.
    case giveBack
    /// The destination has it.
    case succeed
    /// It failed for now.
    case retry
    /// It failed for good.
    case giveUp
    /// It failed once more and is older than the destination's `maxAge`.
    case expire
    /// The operator holds, releases, gives up on or repeats it.
    case hold, release, discard, replay
}
