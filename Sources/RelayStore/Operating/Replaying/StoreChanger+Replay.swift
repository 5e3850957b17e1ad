package import RelayCore

extension StoreChanger {
    /// - Parameter interrupted: the replay to go on with, from `interruptedReplay`.
    /// - Returns: the number of the replay, for `replay` and `endReplay`.
    package func beginReplay(
        _ order: ReplayOrder, chosen: Int, resuming interrupted: Int64?, now: Timestamp
    ) throws -> Int64 {
        try transaction { ledger in
            guard let interrupted else {
                return try ledger.beginReplay(order, chosen: chosen, now: now)
            }
            try ledger.resumeReplay(interrupted, chosen: chosen)
            return interrupted
        }
    }

    /// One step of at most `StepLimits.rows`: all of it is stored when this returns.
    package func replay(
        _ chosen: ArraySlice<ChosenDelivery>, id: Int64, patch: JSONPatch?, now: Timestamp
    ) throws -> ReplayStep {
        try warm(chosen, withBodies: patch != nil)
        return try transaction { try $0.replay(chosen, id: id, patch: patch, now: now) }
    }

    package func endReplay(_ id: Int64, now: Timestamp) throws {
        try transaction { try $0.endReplay(id, now: now) }
    }
}
