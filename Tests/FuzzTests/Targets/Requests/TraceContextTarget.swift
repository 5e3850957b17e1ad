import Foundation
import RelayCore

extension FuzzTarget {
    /// Header lines with a trace: taken when the standard says so, sent on in its one form with
    /// the same trace, and never with what could end a header.
    static let traceContext = FuzzTarget(
        "trace-context",
        seeds: [
            "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
                + "tracestate: rojo=00f067aa0ba902b7\nTraceState: congo=t61rcWkgMzE",
            "Traceparent:cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more\r",
            "traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "traceparent: ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "host: x\ntraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        ]
    ) { (input) throws(Finding) in
        let parents = input.split(separator: 0x0A).compactMap { parent(in: $0) }
        let isExpected = parents.count == 1 && isValid(parents[0])
        guard let context = TraceContext(headerLines: input) else {
            return try hold(!isExpected, "refused: \(parents)")
        }
        try hold(isExpected, "taken: \(parents)")
        try hold(TraceContext.mayStand(in: input.span), "the look ahead has missed \(parents)")
        let sent = context.headers(span: 0xA1)
        let parts = parents[0].split(separator: "-").map { String($0) }
        try hold(
            sent[0] == "traceparent: 00-\(parts[1])-00000000000000a1-\(parts[3])",
            "\(parents) became \(sent)")
        try hold(sent.count <= 2, "\(sent)")
        for line in sent {
            try hold(line.utf8.allSatisfy { (0x20...0x7E).contains($0) }, line.debugDescription)
            try hold(line.utf8.count <= "tracestate: ".count + Limits.traceStateBytes, line)
        }
        let again = TraceContext(headerLines: Array(sent.joined(separator: "\r\n").utf8))
        try hold(again?.headers(span: 0xA1) == sent, "\(sent) reads otherwise")
    }

    private static func parent(in line: ArraySlice<UInt8>) -> String? {
        let name = Array("traceparent:".utf8)
        guard line.count > name.count,
            String(decoding: line.prefix(name.count), as: UTF8.self).lowercased().utf8
                .elementsEqual(name)
        else { return nil }
        // A scalar for each byte: what is no UTF-8 counts as it came.
        let value = line.dropFirst(name.count).drop { $0 == 0x20 || $0 == 0x09 }
        let end = value.lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
        let kept = end.map { value[...$0] } ?? []
        return String(String.UnicodeScalarView(kept.map { Unicode.Scalar($0) }))
    }

    /// https://www.w3.org/TR/trace-context/#traceparent-header-field-values, said once more. (`$`
    /// would forgive the end of a line of any kind.)
    private static func isValid(_ parent: String) -> Bool {
        let pattern =
            "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-[\\s\\S]*)?\\z"
        let never = ["^ff", "^..-0{32}", "^.{36}0{16}", "^00.{53}[\\s\\S]"]
        func matches(_ pattern: String) -> Bool {
            parent.range(of: pattern, options: .regularExpression) != nil
        }
        return parent.unicodeScalars.count <= Limits.traceParentBytes && matches(pattern)
            && never.allSatisfy { !matches($0) }
    }
}
