extension DestinationGate {
    /// Connection-level failures in a row before the destination is left alone.
    static let failuresBeforeRest = 5
    static let restFirstNs: UInt64 = 1_000_000_000
    static let restCapNs: UInt64 = 60_000_000_000
    /// Refused credentials or address: 30 s, doubling to 15 min.
    static let refusalFirstNs: UInt64 = 30_000_000_000
    static let refusalCapNs: UInt64 = 900_000_000_000

    /// One send has ended. Returns what an operator should hear of, if anything.
    /// - Parameter askedMs: how long the destination asked to be left alone.
    package mutating func ended(
        _ signal: GateSignal, askedMs: Int64? = nil, nowNs: UInt64,
        using random: inout some RandomNumberGenerator
    ) -> Change? {
        let isNewRound = ended()
        if case .probing(let block, let streak) = state {
            return probeEnded(signal, block: block, streak: streak, nowNs: nowNs, using: &random)
        }
        // Stragglers of a blocked destination change nothing; the probe decides.
        guard case .open = state else { return nil }
        switch signal {
        case .well:
            connectionFailures = 0
            busyAtOne = 0
            widen()
            return nil
        case .unwell:
            connectionFailures = 0
            return nil
        case .busy:
            connectionFailures = 0
            guard isNewRound else { return nil }
            return windowSize > 1 ? narrow() : pause(askedMs, nowNs: nowNs, using: &random)
        case .unreachable:
            // Once a round: many that fail together are one sign, not many.
            guard isNewRound else { return nil }
            connectionFailures += 1
            if connectionFailures >= DestinationGate.failuresBeforeRest {
                return block(.resting, streak: 0, nowNs: nowNs, using: &random)
            }
            _ = narrow()
            return nil
        case .credential: return block(.credential, streak: 0, nowNs: nowNs, using: &random)
        case .refused: return block(.refused, streak: 0, nowNs: nowNs, using: &random)
        }
    }

    private mutating func probeEnded(
        _ signal: GateSignal, block old: Block, streak: Int, nowNs: UInt64,
        using random: inout some RandomNumberGenerator
    ) -> Change? {
        switch signal {
        case .well, .unwell, .busy:
            // It answers again. Slowly: half of what it bore before is the new threshold.
            become(.open)
            connectionFailures = 0
            threshold = max(window / 2, 2)
            window = 1
            return .opened(from: old)
        case .unreachable:
            return block(.resting, streak: streak + 1, nowNs: nowNs, using: &random)
        case .credential:
            return block(.credential, streak: streak + 1, nowNs: nowNs, using: &random)
        case .refused:
            return block(.refused, streak: streak + 1, nowNs: nowNs, using: &random)
        }
    }

    private mutating func block(
        _ block: Block, streak: Int, nowNs: UInt64,
        using random: inout some RandomNumberGenerator
    ) -> Change {
        let isRest = block == .resting
        let first = isRest ? DestinationGate.restFirstNs : DestinationGate.refusalFirstNs
        let cap = isRest ? DestinationGate.restCapNs : DestinationGate.refusalCapNs
        let step = min(first << UInt64(min(streak, 16)), cap)
        // Between three quarters and the whole: relays that fail together come back apart.
        let waitNs = step - UInt64.random(in: 0...(step / 4), using: &random)
        become(.blocked(block, untilNs: nowNs + waitNs, streak: streak))
        return .blocked(block, untilNs: nowNs + waitNs)
    }

    /// Below one request at a time there is only waiting: as long as it asks, and longer each time
    /// while it stays busy. One busy answer that asks for nothing is not yet a reason.
    private mutating func pause(
        _ askedMs: Int64?, nowNs: UInt64, using random: inout some RandomNumberGenerator
    ) -> Change? {
        busyAtOne += 1
        let asked = UInt64(min(max(askedMs ?? 0, 0), 86_400_000)) * 1_000_000
        let grown =
            busyAtOne < 2 ? 0 : DestinationGate.restFirstNs << UInt64(min(busyAtOne - 2, 16))
        let step = min(max(asked, grown), DestinationGate.restCapNs)
        guard step > 0 else { return nil }
        pausedUntilNs = nowNs + step + UInt64.random(in: 0...(step / 8), using: &random)
        return .paused(untilNs: pausedUntilNs)
    }

    private mutating func widen() {
        guard window < Double(settings.maxWindow) else { return }
        window += window < threshold ? 1 : 1 / window
        window = min(window, Double(settings.maxWindow))
    }

    private mutating func narrow() -> Change? {
        ignoreDecreases = inFlight
        let before = windowSize
        threshold = max(window / 2, 1)
        window = threshold
        return windowSize < before ? .narrowed(window: windowSize) : nil
    }
}
