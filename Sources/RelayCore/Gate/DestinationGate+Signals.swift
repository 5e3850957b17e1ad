extension DestinationGate {
    /// Connection-level failures in a row before the destination is left alone.
    static let failuresBeforeRest = 5
    static let restFirstNs: UInt64 = 1_000_000_000
    static let restCapNs: UInt64 = 60_000_000_000
    /// Refused credentials or address: 30 s, doubling to 15 min.
    static let refusalFirstNs: UInt64 = 30_000_000_000
    static let refusalCapNs: UInt64 = 900_000_000_000

    /// One send has ended. Returns what an operator should hear of, if anything.
    package mutating func ended(
        _ signal: GateSignal, nowNs: UInt64, using random: inout some RandomNumberGenerator
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
            widen()
            return nil
        case .unwell:
            connectionFailures = 0
            return nil
        case .busy:
            connectionFailures = 0
            return isNewRound ? narrow() : nil
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
