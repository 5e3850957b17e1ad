import RelayCore

/// What the admin listener serves, by path.
enum AdminRoute: Sendable, Equatable {
    case health, readiness, metrics
    case status, shape, audit, deliveries
    case delivery(id: String)
    case hold(destination: String)
    case release(destination: String)

    /// Nil for every other path. Names and ids need no percent-encoding.
    init?(path: String) {
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("healthz", 1): self = .health
        case ("readyz", 1): self = .readiness
        case ("metrics", 1): self = .metrics
        case ("status", 1): self = .status
        case ("shape", 1): self = .shape
        case ("audit", 1): self = .audit
        case ("deliveries", 1): self = .deliveries
        case ("deliveries", 2) where !parts[1].isEmpty: self = .delivery(id: String(parts[1]))
        case ("destinations", 3) where parts[2] == "hold":
            self = .hold(destination: String(parts[1]))
        case ("destinations", 3) where parts[2] == "release":
            self = .release(destination: String(parts[1]))
        default: return nil
        }
    }

    /// What an orchestrator and a scraper ask needs no token: it names destinations and hooks, and
    /// says nothing of any event.
    var isOpen: Bool {
        switch self {
        case .health, .readiness, .metrics: true
        default: false
        }
    }

    var methods: [String] {
        switch self {
        case .hold, .release: ["POST"]
        default: ["GET", "HEAD"]
        }
    }
}
