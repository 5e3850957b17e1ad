import RelayCore

@testable import RelayDelivery

extension FuzzTarget {
    /// An answer of any HTTP endpoint: success only by status and, where evidence is wanted, JSON;
    /// words in bounds and without what was sent in secret.
    static let httpAnswer = FuzzTarget(
        "http-answer",
        seeds: ["0{}", "0<html>", "1no secr3t t0ken here", "2\u{1b}[31m secr3t\nt0ken", "6moved"]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        let status = input.pick([200, 400, 401, 403, 404, 413, 302, 429, 500, 204, 0, 299, 422])
        let hidden = "secr3t t0ken"
        for acceptAny2xx in [false, true] {
            let outcome = HTTPAnswerReader.outcome(
                status: status, retryAfter: nil, body: input.rest, acceptAny2xx: acceptAny2xx,
                hiding: [hidden], now: Timestamp(milliseconds: 1_795_000_000_000))
            if case .delivered = outcome {
                var isJSON = false
                if case .valid = JSONScanner.verdict(on: input.rest) { isJSON = true }
                try hold(
                    (200..<300).contains(status) && (acceptAny2xx || isJSON),
                    "delivered without evidence")
            }
            try Harmless.forTerminals(outcome.message, "the words")
            try hold(outcome.message.utf8.count <= Limits.excerptBytes, "too many words")
            try hold(!outcome.message.contains(hidden), "the secret in: \(outcome.message)")
        }
    }
}
