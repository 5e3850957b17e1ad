/// Finds the elements of a list inside a JSON object without decoding them, so that each can be
/// cut out byte for byte as it was sent: `{"messages":[ <here>, <and here> ]}`.
package enum JSONElements {
    package enum Outcome: Sendable, Equatable {
        /// Where each element stands, without the blanks around it.
        case found([Range<Int>])
        /// Not one JSON text, or nested more deeply than the limit.
        case malformed
        /// No object, or the last member of that name is no list.
        case noSuchList
        case tooMany
    }

    package static func inList(
        named key: String, of bytes: [UInt8], countLimit: Int,
        depthLimit: Int = JSONScanner.defaultDepthLimit
    ) -> Outcome {
        guard case .valid(let root) = JSONScanner.verdict(on: bytes, depthLimit: depthLimit) else {
            return .malformed
        }
        guard root == .object else { return .noSuchList }
        var cutter = ElementCutter(countLimit: countLimit)
        return cutter.cut(key: Array(key.utf8), in: bytes.span)
    }
}
