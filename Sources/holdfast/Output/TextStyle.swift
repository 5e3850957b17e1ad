import RelayCore

/// How a word stands out on a terminal.
enum TextStyle: String, Sendable {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"

    func apply(to text: String) -> String {
        self == .plain ? text : "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }

    static func of(_ state: DeliveryState?) -> TextStyle {
        switch state {
        case .queued: .plain
        case .inflight: .cyan
        case .held: .yellow
        case .delivered: .green
        case .dead, .expired: .red
        case .discarded, nil: .dim
        }
    }

    /// Of a destination's gate.
    static func of(gate: String) -> TextStyle {
        switch gate {
        case "open": .green
        case "held", "resting": .yellow
        case "credential", "refused": .red
        default: .plain
        }
    }
}
