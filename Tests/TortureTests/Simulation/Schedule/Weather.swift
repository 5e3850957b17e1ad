/// How a destination behaves for a while: every fault of the Platform simulator, and those of the
/// network before it.
struct Weather: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        // Before the destination sees anything.
        case refusingConnections, unresolvable, brokenTLS, resettingBefore
        // At the destination.
        case resettingAfter
        case hanging(isProcessed: Bool)
        case slow(ms: Int)
        case status(Int, retryAfterSeconds: Int?, hasBody: Bool)
        case refusedElements(status: Int, every: Int)
        case skewedCount(Int)
        case dialect(String)
        case garbageBody, garbageWire
        case truncated(bytes: Int)
        case dripping(bytesPerSecond: Int)
        // At the token endpoint.
        case tokenStatus(Int, retryAfterSeconds: Int?)
        case tokenHanging
    }

    let kind: Kind
    /// Of a hundred requests so many.
    let percent: Int
    let seed: UInt64

    /// Only how an answer is written, not what it says.
    var isFair: Bool {
        if case .dialect = kind { true } else { false }
    }

    /// The rules for the simulator; none for what happens before it.
    var rules: String {
        guard let (endpoints, action) = script else { return "[]" }
        let rules = endpoints.map { endpoint in
            """
            {"match": {"endpoint": "\(endpoint)", "probability": \(Double(percent) / 100),
                       "seed": \(seed % 1_000_000)}, "action": \(action)}
            """
        }
        return "[\(rules.joined(separator: ","))]"
    }

    private var script: (endpoints: [String], action: String)? {
        let inlet = ["collection", "batch"]
        switch kind {
        case .refusingConnections, .unresolvable, .brokenTLS, .resettingBefore: return nil
        case .resettingAfter: return (inlet, #"{"reset": "after"}"#)
        case .hanging(let isProcessed):
            return (inlet, #"{"hang": "\#(isProcessed ? "after" : "before")"}"#)
        case .slow(let ms): return (inlet, #"{"delayMs": \#(ms)}"#)
        case .status(let status, let seconds, let hasBody):
            let body = hasBody ? #", "body": {"title": "scripted"}"# : ""
            return (inlet, #"{"status": \#(status)\#(Self.headers(seconds))\#(body)}"#)
        case .refusedElements(let status, let every):
            return (["batch"], #"{"elements": {"status": \#(status), "every": \#(every)}}"#)
        case .skewedCount(let skew): return (["batch"], #"{"responseCountSkew": \#(skew)}"#)
        case .dialect(let name): return (["batch"], #"{"dialect": "\#(name)"}"#)
        case .garbageBody: return (inlet, #"{"garbage": "body"}"#)
        case .garbageWire: return (inlet, #"{"garbage": "wire"}"#)
        case .truncated(let bytes): return (inlet, #"{"truncate": \#(bytes)}"#)
        case .dripping(let rate): return (inlet, #"{"drip": \#(rate)}"#)
        case .tokenStatus(let status, let seconds):
            return (["token"], #"{"status": \#(status)\#(Self.headers(seconds))}"#)
        case .tokenHanging: return (["token"], #"{"hang": "before"}"#)
        }
    }

    private static func headers(_ retryAfterSeconds: Int?) -> String {
        retryAfterSeconds.map { #", "headers": {"Retry-After": "\#($0)"}"# } ?? ""
    }
}
