/// A field of a log line. Only these kinds get in; a secret is none of them.
package enum LogValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringInterpolation
{
    case text(String)
    case number(Int64)

    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .number(value) }

    package static func number(_ value: Int) -> LogValue { .number(Int64(value)) }
}
