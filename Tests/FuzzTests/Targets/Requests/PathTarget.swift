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

    /// Also held here: where the table has them, bits of the address say what else stands there,
    /// and the leak check would not know it again.
    private static let endpoints = [
        ("chatlio", "unanswered"), ("orders", "created"), ("inlet", "collection"),
    ].map { source, hook in
        Endpoint(
            source: source, hook: hook,
            route: Route(source: 1, hook: 1, destinations: [1], dedupWindowMs: 0), lane: nil,
            counters: EndpointCounters())
    }

    private static let table: EndpointTable = {
        var table = EndpointTable(maxBodyBytes: 4096)
        table.open(endpoints[0], token: Secret(text: "tok_0123456789abcdef"))
        if let check = CredentialCheck(tokens: [Secret(text: "0123456789abcdef")]) {
            table.open(endpoints[1], verifier: .credentials(check))
        }
        table.open(endpoints[2], inlet: Inlet(id: "abc123", flowIDs: nil))
        return table
    }()
}
