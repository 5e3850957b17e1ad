import Foundation
import HTTPServer

@testable import RelayIntake

extension FuzzTarget {
    /// The flow named in a query and in header lines (after an empty line): taken only when every
    /// one that is named is known, and asked of the body only when none is.
    static let query = FuzzTarget(
        "query",
        seeds: [
            "x-adobe-flow-id=f1&a=b", "X-Adobe-Flow-Id=f2", "x-adobe-flow-id", "&&=&x=f1",
            "a=1\nx-adobe-flow-id: f1", "x-adobe-flow-id=f1\nX-Adobe-Flow-ID: zz",
        ]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        let query = input.textLine()
        let fields = input.fields()
        let head = RequestHead(
            method: "POST", path: "/collection/i", query: query,
            headers: fields.map { HeaderField(name: $0.name, value: $0.value) })
        let verdict = Inlet(id: "i", flowIDs: ["f1", "f2"]).judgeFlow(head)
        let named = named(query: query, fields: fields)
        let expected: Inlet.FlowVerdict =
            named.isEmpty
            ? .askBody : named.allSatisfy { $0 == "f1" || $0 == "f2" } ? .accepted : .refused
        try hold(verdict == expected, "\(verdict), not \(expected)")
        try hold(
            Inlet(id: "i", flowIDs: nil).judgeFlow(head) == .accepted, "any flow, yet refused")
    }

    private static func named(
        query: String, fields: [(name: String, value: String)]
    ) -> [String] {
        let inQuery = query.components(separatedBy: "&").compactMap { pair -> String? in
            guard let mark = pair.firstIndex(of: "=") else { return nil }
            return pair[..<mark].lowercased() == "x-adobe-flow-id"
                ? String(pair[pair.index(after: mark)...]) : nil
        }
        return inQuery
            + fields.filter { asciiLower($0.name) == "x-adobe-flow-id" }.map(\.value)
    }

    /// Names of headers are ASCII; no other letter has a case here.
    static func asciiLower(_ text: String) -> String {
        String(
            decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 },
            as: UTF8.self)
    }
}
