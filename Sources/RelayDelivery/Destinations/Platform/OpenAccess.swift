package import Platform
package import RelayCore

/// For an inlet without authentication: the same pass for ever.
package final class OpenAccess: PlatformAccess {
    private let only: PlatformPass

    package init(inlet: PlatformInlet) {
        only = PlatformPass(
            builder: RequestBuilder(inlet),
            reader: AnswerReader(
                acceptAny2xx: inlet.acceptAny2xx, hiding: inlet.secretHeaderValues),
            generation: 0)
    }

    package func pass(completion: @escaping @Sendable (Result<PlatformPass, Outcome>) -> Void) {
        completion(.success(only))
    }

    package func renew(after pass: PlatformPass) -> Bool { false }
    package func reset(wasRefused: Bool) {}
    package var tokenExpiresAt: Timestamp? { nil }
}
