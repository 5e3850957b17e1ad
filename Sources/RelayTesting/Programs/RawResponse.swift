import Foundation
package import RelayCore

/// An answer as it came over the wire.
package struct RawResponse: Sendable {
    package let head: [UInt8]
    package let body: [UInt8]
    package let status: Int
    package let headers: [(name: String, value: String)]

    init?(head: [UInt8], body: [UInt8]) {
        let lines = String(decoding: head, as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: true)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        self.head = head
        self.body = body
        self.status = status
        headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), String(parts.last?.drop { $0 == " " } ?? ""))
        }
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    package func json() throws -> JSONValue { try JSONValue.parse(body) }

    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// All of it but the time of day.
    package var bytesWithoutDate: [UInt8] {
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        let kept = lines.filter { !$0.lowercased().hasPrefix("date:") }
        return Array(kept.joined(separator: "\r\n").utf8) + body
    }
}
