/// Decides over bytes whether they are one JSON text, in one pass and without building a tree;
/// on the way it can pick one string or number. It runs once per accepted body, so it is fast.
///
/// It promises: the grammar of RFC 8259 exactly, UTF-8 checked strictly, control characters
/// refused, depth bounded, no recursion, the same verdict as `JSONValue.parse`.
///
/// It never throws and never guesses. Worth knowing:
/// - a leading byte order mark is not JSON (RFC 8259 section 8.1 forbids sending one);
/// - a lone surrogate escape such as `\ud800` is valid, since the grammar allows it; when it is
///   extracted it reads as U+FFFD;
/// - duplicate keys are valid and the last one counts for extraction, as for most parsers, even
///   when its value is of no use (then nothing is extracted).
package enum JSONScanner {
    /// Deep enough for any honest sender, shallow enough for any reader further down.
    package static let defaultDepthLimit = 64

    package enum Verdict: Sendable, Hashable {
        case valid(JSONRoot)
        case invalid(offset: Int, reason: JSONError.Reason)
        case tooDeep
    }

    package struct Result: Sendable, Hashable {
        package let verdict: Verdict
        /// The string, or the number as it is written, that the pointer leads to; nil when the
        /// text is invalid, nothing stands there, or something else than a string or number.
        package let extracted: String?
    }

    package static func verdict(
        on bytes: [UInt8], depthLimit: Int = defaultDepthLimit
    ) -> Verdict {
        scan(bytes.span, depthLimit: depthLimit).verdict
    }

    package static func scan(
        _ bytes: [UInt8], extracting pointer: JSONPointer? = nil,
        depthLimit: Int = defaultDepthLimit
    ) -> Result {
        scan(bytes.span, extracting: pointer, depthLimit: depthLimit)
    }

    package static func scan(
        _ bytes: borrowing Swift.Span<UInt8>, extracting pointer: JSONPointer? = nil,
        depthLimit: Int = defaultDepthLimit
    ) -> Result {
        do throws(JSONError) {
            guard let pointer else {
                var walker = JSONWalker(visitor: IndifferentVisitor(), depthLimit: depthLimit)
                return Result(verdict: .valid(try walker.walk(bytes)), extracted: nil)
            }
            var walker = JSONWalker(
                visitor: ExtractingVisitor(pointer), depthLimit: depthLimit)
            let root = try walker.walk(bytes)
            return Result(verdict: .valid(root), extracted: walker.visitor.extracted(from: bytes))
        } catch {
            let verdict: Verdict =
                error.reason == .tooDeep
                ? .tooDeep : .invalid(offset: error.offset, reason: error.reason)
            return Result(verdict: verdict, extracted: nil)
        }
    }
}

/// What a JSON text is at its top.
package enum JSONRoot: Sendable, Hashable {
    case object, array, scalar
}
