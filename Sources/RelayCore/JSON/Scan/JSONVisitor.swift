/// What a walk over a JSON text tells its user, in document order. One grammar (`JSONWalker`),
/// several uses: the scanner and the tree parser cannot disagree on what is valid.
///
/// Texts are ranges of the walked bytes: of a string the part between the quotes.
protocol JSONVisitor {
    mutating func enter(_ container: JSONContainer)
    mutating func leave(_ container: JSONContainer)
    mutating func key(_ text: JSONText, in bytes: borrowing Swift.Span<UInt8>)
    mutating func string(_ text: JSONText, in bytes: borrowing Swift.Span<UInt8>)
    mutating func number(_ range: Range<Int>, in bytes: borrowing Swift.Span<UInt8>)
    mutating func literal(_ literal: JSONLiteral)
}

enum JSONContainer {
    case object, array
}

enum JSONLiteral {
    case `true`, `false`, null
}

/// Wants nothing but the verdict.
struct IndifferentVisitor: JSONVisitor {
    func enter(_ container: JSONContainer) {}
    func leave(_ container: JSONContainer) {}
    func key(_ text: JSONText, in bytes: borrowing Swift.Span<UInt8>) {}
    func string(_ text: JSONText, in bytes: borrowing Swift.Span<UInt8>) {}
    func number(_ range: Range<Int>, in bytes: borrowing Swift.Span<UInt8>) {}
    func literal(_ literal: JSONLiteral) {}
}
