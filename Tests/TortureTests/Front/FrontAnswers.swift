/// What a connection received, read without mercy: answers, one behind the other, each with one
/// head, one length and a body of it.
struct FrontAnswers {
    struct Answer {
        var status = 0
        var body: [UInt8] = []
        var isLast = false
    }

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var all: [Answer] = []

    /// - Parameter methods: of the requests that are known, in order: an answer to HEAD has a
    ///   length and no body.
    init(_ bytes: [UInt8], methods: [String]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let (status, headers) = try Self.head(&rest)
            if status == 100 { continue }
            if all.last?.isLast == true { throw Malformed(description: "an answer after the last") }
            let lengths = headers.filter { $0.name == "content-length" }.compactMap {
                Int($0.value)
            }
            guard lengths.count == 1, headers.count(where: { $0.name == "date" }) == 1,
                !headers.contains(where: { $0.name == "transfer-encoding" })
            else { throw Malformed(description: "\(headers)") }
            var answer = Answer(status: status)
            answer.isLast = headers.contains { $0.name == "connection" && $0.value == "close" }
            // Of a request that is none, or is too long, nobody knows whether it was meant as HEAD.
            let isKnown = all.count < methods.count && !(status >= 400 && answer.isLast)
            let hasBody =
                isKnown ? methods[all.count] != "HEAD" : !(rest.isEmpty && answer.isLast)
            if hasBody {
                guard rest.count >= lengths[0] else {
                    throw Malformed(description: "a body of \(rest.count), not \(lengths[0])")
                }
                answer.body = Array(rest.prefix(lengths[0]))
                rest = rest.dropFirst(lengths[0])
            }
            if status >= 400, answer.isLast, hasBody, !Self.isProblemOrPage(headers) {
                throw Malformed(description: "\(status) without a word: \(headers)")
            }
            all.append(answer)
        }
    }

    private static func isProblemOrPage(_ headers: [(name: String, value: String)]) -> Bool {
        let kind = headers.first { $0.name == "content-type" }?.value
        // The library's own pages have none.
        return kind == nil || kind == "application/problem+json"
    }

    private static func head(
        _ rest: inout ArraySlice<UInt8>
    ) throws -> (status: Int, headers: [(name: String, value: String)]) {
        var lines: [String] = []
        while true {
            guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex,
                rest[end - 1] == 0x0D
            else { throw Malformed(description: "a head that does not end: \(lines)") }
            let line = String(decoding: rest[..<(end - 1)], as: UTF8.self)
            rest = rest[(end + 1)...]
            if line.isEmpty { break }
            lines.append(line)
        }
        let words = (lines.first ?? "").split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0",
            words[1].utf8.count == 3, let status = Int(words[1])
        else { throw Malformed(description: "no status line: \(lines)") }
        let headers = try lines.dropFirst().map { line in
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else {
                throw Malformed(description: "no header: \(line)")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (name: line[..<colon].lowercased(), value: String(value))
        }
        return (status, headers)
    }
}
