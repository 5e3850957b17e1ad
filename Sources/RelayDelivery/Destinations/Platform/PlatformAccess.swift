package import Platform
package import RelayCore

/// What a request to an inlet is built and its answer read with, under one token or none.
package struct PlatformPass: Sendable {
    package let builder: RequestBuilder
    package let reader: AnswerReader
    /// Tells passes of different tokens apart.
    package let generation: Int

    package init(builder: RequestBuilder, reader: AnswerReader, generation: Int) {
        self.builder = builder
        self.reader = reader
        self.generation = generation
    }
}

extension Outcome: Error {}

/// Gives passes to an inlet.
package protocol PlatformAccess: AnyObject, Sendable {
    /// Calls back once, at once when there is a usable pass. A failure is what becomes of the
    /// deliveries that wanted to go.
    func pass(completion: @escaping @Sendable (Result<PlatformPass, Outcome>) -> Void)
    /// The inlet refused this pass. Returns whether another one can be had.
    func renew(after pass: PlatformPass) -> Bool
    func reset(wasRefused: Bool)
    /// Until when the token in use is valid; nil: there is none.
    var tokenExpiresAt: Timestamp? { get }
}
