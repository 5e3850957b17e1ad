package import HTTPServer
package import RelayCore

/// How requests of one source prove that they are the source's own. Computes and compares, touches
/// nothing; what it is given are the bytes as received, before anything is parsed.
package enum RequestVerifier: Sendable {
    /// The body is signed.
    case signature(SignatureScheme)
    /// The head carries a password or a token.
    case credentials(CredentialCheck)

    /// What the head alone says, so that a body without a chance need not be read.
    enum HeadVerdict: Sendable {
        case refused
        case proven
        case claimed(SignatureClaim)
    }

    func judge(_ head: RequestHead, at now: Timestamp) -> HeadVerdict {
        switch self {
        case .signature(let scheme):
            scheme.claim(of: head, at: now).map { .claimed($0) } ?? .refused
        case .credentials(let check):
            check.accepts(head) ? .proven : .refused
        }
    }

    /// Head and body at once. Nil is the same answer for every cause.
    package func verify(
        _ head: RequestHead, body: [UInt8], at now: Timestamp
    ) -> VerifiedSender? {
        switch judge(head, at: now) {
        case .refused: nil
        case .proven: VerifiedSender(deliveryID: nil, eventType: nil)
        case .claimed(let claim): claim.verify(body)
        }
    }

    /// The scheme named in the `WWW-Authenticate` of a refusal.
    var challenge: String? {
        switch self {
        case .signature: nil
        case .credentials(let check): check.challenge
        }
    }
}
