/// Where chance comes from. A seam: tests pass a seeded source and repeat a run exactly.
package protocol RandomSource: Sendable {
    func next() -> UInt64
}

/// Lets pure code draw from a shared source through the standard protocol.
package struct RandomDraw: RandomNumberGenerator {
    private let source: any RandomSource

    package init(_ source: any RandomSource) {
        self.source = source
    }

    package mutating func next() -> UInt64 { source.next() }
}
