import RelayCore
import RelayStore
import Signing

@testable import RelayIntake

extension FuzzTarget {
    /// An address has one spelling, and every other one is unknown.
    static let path = FuzzTarget(
        "path",
        seeds: [
            "/hooks/chatlio/unanswered/tok_0123456789abcdef", "/hooks/orders/created",
            "/collection/abc123", "/collection/batch/abc123", "/hooks/chatlio/unanswered/",
            "/hooks/chatlio/unanswered/tok_0123456789abcdef/", "/hooks/orders/%63reated",
        ]
    ) { (input) throws(Finding) in
        let path = String(decoding: input, as: UTF8.self)
        let isKnown = addresses.contains { $0.utf8.elementsEqual(path.utf8) }
        try hold(
            (table.door(at: path) != nil) == isKnown, "\(path.debugDescription): \(!isKnown)")
    }

    private static let addresses = [
        "/hooks/chatlio/unanswered/tok_0123456789abcdef", "/hooks/orders/created",
        "/collection/abc123", "/collection/batch/abc123",
    ]

    private static let table: EndpointTable = {
        var table = EndpointTable(maxBodyBytes: 4096)
        func endpoint(_ source: String, _ hook: String) -> Endpoint {
            Endpoint(
                source: source, hook: hook,
                route: Route(source: 1, hook: 1, destinations: [1], dedupWindowMs: 0), lane: nil,
                counters: EndpointCounters())
        }
        table.open(
            endpoint("chatlio", "unanswered"), token: Secret(text: "tok_0123456789abcdef"))
        if let check = CredentialCheck(tokens: [Secret(text: "0123456789abcdef")]) {
            table.open(endpoint("orders", "created"), verifier: .credentials(check))
        }
        table.open(endpoint("inlet", "collection"), inlet: Inlet(id: "abc123", flowIDs: nil))
        return table
    }()
}
