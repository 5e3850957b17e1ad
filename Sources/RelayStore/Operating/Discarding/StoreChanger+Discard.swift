package import RelayCore

extension StoreChanger {
    /// One step of at most `StepLimits.rows`. What is under way may still arrive; its end is then
    /// not recorded, because its row says that it was given up.
    package func discard(
        _ chosen: ArraySlice<ChosenDelivery>, reason: String, now: Timestamp
    ) throws -> DiscardStep {
        try warm(chosen)
        return try transaction { try $0.discard(chosen, reason: reason, now: now) }
    }
}
