import RelayCore
import Signing

/// What the head of a signed request claims: everything but the body is known and in order.
struct SignatureClaim: Sendable {
    enum Signature: Sendable {
        case shared([UInt8])
        case verifying([UInt8])
    }

    enum Piece: Sendable {
        case known([UInt8])
        case body
    }

    let scheme: SignatureScheme
    let signatures: [Signature]
    let content: [Piece]
    let deliveryID: String?
    let eventType: String?

    /// Over the bytes as received. One signature made with one of the keys is enough.
    func verify(_ body: [UInt8]) -> VerifiedSender? {
        let parts = content.map { piece in
            switch piece {
            case .known(let bytes): bytes
            case .body: body
            }
        }
        guard matchesSharedKey(parts) || matchesPublicKey(parts) else { return nil }
        return VerifiedSender(
            deliveryID: deliveryID ?? idInBody(body), eventType: eventType)
    }

    private func matchesSharedKey(_ parts: [[UInt8]]) -> Bool {
        let presented = signatures.compactMap { signature in
            if case .shared(let code) = signature { code } else { nil }
        }
        guard !presented.isEmpty else { return false }
        return scheme.keys.shared.contains { key in
            let code = key.code(overParts: parts)
            return presented.contains { ConstantTime.equal($0, code) }
        }
    }

    private func matchesPublicKey(_ parts: [[UInt8]]) -> Bool {
        let presented = signatures.compactMap { signature in
            if case .verifying(let bytes) = signature { bytes } else { nil }
        }
        guard !presented.isEmpty, !scheme.keys.verifying.isEmpty else { return false }
        let message = Array(parts.joined())
        return scheme.keys.verifying.contains { key in
            presented.contains { key.accepts($0, over: message) }
        }
    }

    /// One that is too long is none: the event then has its body's digest for a duplicate key.
    private func idInBody(_ body: [UInt8]) -> String? {
        guard let pointer = scheme.idPointer,
            let id = JSONScanner.scan(
                body, extracting: pointer, depthLimit: Limits.jsonDepth
            ).extracted,
            (1...Limits.deliveryIDBytes).contains(id.utf8.count)
        else { return nil }
        return id
    }
}
