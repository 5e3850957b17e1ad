import HTTPServer
import RelayCore
import RelayIntake
import Signing

extension FuzzTarget {
    static let signatures: [FuzzTarget] = SignedSender.all.map(signature)

    /// Header lines, an empty line, a body. `%S` in a header becomes the right signature, so that
    /// good requests are found as well as bad ones; `%T` becomes the time. Accepted is what a
    /// plain reading of the vendor's page accepts, no more and no less.
    private static func signature(_ sender: SignedSender) -> FuzzTarget {
        FuzzTarget(sender.name, seeds: sender.seeds) { (input) throws(Finding) in
            guard let scheme = sender.scheme else { throw Finding("no scheme") }
            var input = FuzzInput(input)
            let request = SignedRequest(
                fields: input.fields(), body: input.rest, sender: sender)
            let head = RequestHead(
                method: "POST", path: "/",
                headers: request.fields.map { HeaderField(name: $0.name, value: $0.value) })
            let found = RequestVerifier.signature(scheme)
                .verify(head, body: request.body, at: SignedRequest.now)
            let isRight = sender.accepts(request)
            try hold((found != nil) == isRight, "\(request.fields) accepted: \(!isRight)")
            let id = found?.deliveryID
            try hold(
                id.map { (1...Limits.deliveryIDBytes).contains($0.utf8.count) } ?? true,
                "a delivery id of \(id?.utf8.count ?? 0) bytes")
        }
    }
}
