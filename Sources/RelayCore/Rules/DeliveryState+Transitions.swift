extension DeliveryState {
    /// The state after `event`, or `nil` when the event changes nothing in this state. The table in
    /// ARCHITECTURE.md ("The life of a delivery") is this function, and a test compares the two.
    package func after(_ event: DeliveryEvent) -> DeliveryState? {
        switch (self, event) {
        case (.queued, .claim): .inflight
        case (.queued, .hold): .held
        case (.queued, .discard), (.inflight, .discard), (.held, .discard),
            (.dead, .discard), (.expired, .discard):
            .discarded
        case (.inflight, .giveBack), (.inflight, .retry): .queued
        case (.inflight, .succeed): .delivered
        case (.inflight, .giveUp): .dead
        case (.inflight, .expire): .expired
        case (.held, .release): .queued
        case (.delivered, .replay), (.dead, .replay), (.discarded, .replay), (.expired, .replay):
            .queued
        default: nil
        }
    }
}
