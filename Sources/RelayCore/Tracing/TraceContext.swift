/// The W3C trace context that came with an event (https://www.w3.org/TR/trace-context/): which
/// trace it belongs to. A class, so that an event without one carries no more than a nil.
package final class TraceContext: Sendable {
    /// 32 digits.
    private let traceID: String
    /// 2 digits.
    private let flags: String
    /// The vendors' own, passed on as it came.
    private let state: String?

    /// `version-trace-parent-flags`, all lower-case digits of base 16. Nil for anything else: an
    /// invalid context is as good as none, and its state goes with it.
    package init?(parent: [UInt8], states: [String] = []) {
        let parts = parent.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parent.count <= Limits.traceParentBytes, parts.count >= 4,
            parts.prefix(4).allSatisfy({ $0.allSatisfy(TraceContext.isDigit) }),
            zip(parts, [2, 32, 16, 2]).allSatisfy({ $0.count == $1 }),
            // Version 255 is none; a later one than 0 may say more, which is not for us.
            parts[0] != [0x66, 0x66], parts.count == 4 || parts[0] != [0x30, 0x30],
            !parts[1].allSatisfy({ $0 == 0x30 }), !parts[2].allSatisfy({ $0 == 0x30 })
        else { return nil }
        traceID = String(decoding: parts[1], as: UTF8.self)
        flags = String(decoding: parts[3], as: UTF8.self)
        let joined = states.filter { !$0.isEmpty }.joined(separator: ",")
        let isSafe = joined.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        state =
            !joined.isEmpty && isSafe && joined.utf8.count <= Limits.traceStateBytes
            ? joined : nil
    }

    /// From the headers as they are kept with an event: `name: value` lines.
    package convenience init?(headerLines lines: [UInt8]) {
        var parents: [[UInt8]] = []
        var states: [String] = []
        for line in lines.split(separator: 0x0A) {
            if let value = TraceContext.value(of: "traceparent", in: line) { parents.append(value) }
            if let value = TraceContext.value(of: "tracestate", in: line) {
                states.append(String(decoding: value, as: UTF8.self))
            }
        }
        guard parents.count == 1 else { return nil }
        self.init(parent: parents[0], states: states)
    }

    /// Whether kept headers may hold a context: one look at each line's beginning, so that the
    /// many events without one are not parsed.
    package static func mayStand(in lines: Swift.Span<UInt8>) -> Bool {
        var isLineStart = true
        for index in lines.indices {
            let byte = lines[index]
            if isLineStart, byte | 0x20 == UInt8(ascii: "t"), index + 11 < lines.count,
                lines[index + 11] == UInt8(ascii: ":"),
                lines[index + 5] | 0x20 == UInt8(ascii: "p")
            {
                return true
            }
            isLineStart = byte == 0x0A
        }
        return false
    }

    /// The headers of one attempt, which is a step of its own in the trace.
    /// - Parameter span: names the attempt; not 0.
    package func headers(span: UInt64) -> [String] {
        precondition(span != 0, "0 is no name")
        let digits = String(span, radix: 16)
        let parent = String(repeating: "0", count: 16 - digits.count) + digits
        return ["traceparent: 00-\(traceID)-\(parent)-\(flags)"]
            + [state.map { "tracestate: \($0)" }].compactMap(\.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// Names of headers are the same in either case.
    private static func value(
        of name: StaticString, in line: ArraySlice<UInt8>
    ) -> [UInt8]? {
        let wanted = Array(name.description.utf8)
        guard line.count > wanted.count + 1,
            line[line.startIndex + wanted.count] == UInt8(ascii: ":"),
            zip(line, wanted).allSatisfy({ $0 | 0x20 == $1 })
        else { return nil }
        let value = line.dropFirst(wanted.count + 1).drop { $0 == 0x20 || $0 == 0x09 }
        return Array(value.reversed().drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.reversed())
    }
}
