/// Which bound a connection has passed.
enum CutReason {
    case header
    case body
    case bodyRate
    case idle
    case answer

    /// A client in the middle of a request is told why.
    var isAnswered: Bool {
        switch self {
        case .header, .body, .bodyRate: true
        case .idle, .answer: false
        }
    }

    static func judge(
        _ phase: ConnectionPhase, bodyBytes: Int, nowMs: UInt64, options: ServerOptions
    ) -> CutReason? {
        let elapsedMs = nowMs > phase.sinceMs ? Int(nowMs - phase.sinceMs) : 0
        switch phase.kind {
        case .fresh, .head:
            return elapsedMs > options.headerTimeoutMs ? .header : nil
        case .idle:
            return elapsedMs > options.idleTimeoutMs ? .idle : nil
        case .body:
            if elapsedMs > options.bodyTimeoutMs { return .body }
            let isSlow = bodyBytes * 1000 < options.bodyMinimumBytesPerSecond * elapsedMs
            return isSlow && elapsedMs > options.bodyGraceMs ? .bodyRate : nil
        case .answering:
            return elapsedMs > options.bodyTimeoutMs ? .answer : nil
        case .handling, .cut:
            return nil
        }
    }

    func count(in counters: Counters) {
        switch self {
        case .header: counters.headerTimeouts.raise()
        case .body: counters.bodyTimeouts.raise()
        case .bodyRate: counters.bodiesTooSlow.raise()
        case .idle: counters.idleClosed.raise()
        case .answer: counters.answerTimeouts.raise()
        }
    }
}
