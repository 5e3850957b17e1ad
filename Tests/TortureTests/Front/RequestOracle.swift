/// A second, plain reading of a byte stream as requests, by RFC 9112 and with what the server
/// forgives on purpose: line feeds alone, empty lines before a request, blanks more than one
/// around the target, and whatever a header's value holds that ends nobody's line and says nothing
/// of lengths.
struct RequestOracle {
    struct Request: Equatable {
        var method = ""
        var path = ""
        var query: String?
        var body: [UInt8] = []
    }

    private enum Stop: Error { case incomplete, bad }
    private enum Framing { case none, length(Int), chunked }

    private var rest: ArraySlice<UInt8>

    private init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// Those that are complete and good, up to the first that is not.
    static func requests(in bytes: [UInt8]) -> [Request] {
        var oracle = RequestOracle(bytes)
        var requests: [Request] = []
        while let request = try? oracle.request() { requests.append(request) }
        return requests
    }

    private mutating func request() throws -> Request {
        var line = try self.line()
        while Self.isBlank(line) { line = try self.line() }
        var request = Request()
        let version = try readRequestLine(line, into: &request)
        switch try framing(try headers(), isOld: version == "HTTP/1.0") {
        case .none: break
        case .length(let count): request.body = try take(count)
        case .chunked: request.body = try chunks()
        }
        return request
    }

    /// Up to a line feed, without it and a carriage return before it, or a zero byte: that is what
    /// libmicrohttpd writes over a carriage return, so nobody can tell them apart.
    private mutating func line() throws -> [UInt8] {
        guard let end = rest.firstIndex(of: 0x0A) else { throw Stop.incomplete }
        var line = rest[..<end]
        rest = rest[(end + 1)...]
        if line.last == 0x0D || line.last == 0 { line = line.dropLast() }
        return Array(line)
    }

    /// For libmicrohttpd a line is empty when it begins with a zero byte; in a head we notice.
    private static func isBlank(_ line: [UInt8]) -> Bool { line.isEmpty || line[0] == 0 }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        guard rest.count >= count else { throw Stop.incomplete }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    private func readRequestLine(_ line: [UInt8], into request: inout Request) throws -> String {
        let words = line.split(separator: 0x20)
        guard words.count == 3, line.first != 0x20 else { throw Stop.bad }
        let version = String(decoding: words[2], as: UTF8.self)
        guard version.utf8.count == 8, version.hasPrefix("HTTP/1.") else { throw Stop.bad }
        request.method = String(decoding: words[0], as: UTF8.self)
        var target = words[1]
        guard target.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw Stop.bad }
        let text = String(decoding: target, as: UTF8.self).lowercased()
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            let site = target.dropFirst(scheme.utf8.count)
            let place = site.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            guard Self.isPlace(String(decoding: place, as: UTF8.self)) else { throw Stop.bad }
            target = site.dropFirst(place.count)
            if target.first != UInt8(ascii: "/") { target = ArraySlice(Array("/".utf8) + target) }
            break
        }
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        request.path = String(decoding: path, as: UTF8.self)
        if path.count < target.count {
            request.query = String(decoding: target.dropFirst(path.count + 1), as: UTF8.self)
        }
        return version
    }

    /// A host and perhaps a port, by the letter of RFC 3986.
    private static func isPlace(_ text: String) -> Bool {
        let name = #"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"#
        let literal = #"\[[0-9A-Fa-f:.]+\]"#
        guard let place = try? Regex("(?:\(name)|\(literal))(?::([0-9]*))?"),
            let match = try? place.wholeMatch(in: text)
        else { return false }
        let port = match.output[1].substring ?? ""
        return port.isEmpty || Int(port) ?? .max <= 65_535
    }

    private mutating func headers() throws -> [(name: String, value: [UInt8])] {
        var headers: [(name: String, value: [UInt8])] = []
        while true {
            let line = try self.line()
            if line.isEmpty { return headers }
            let name = line.prefix { $0 != UInt8(ascii: ":") }
            guard !name.isEmpty, name.count < line.count, name.allSatisfy(Self.isTokenByte) else {
                throw Stop.bad
            }
            var value = Array(line.dropFirst(name.count + 1))
            // Zeros before the end of a line may be taken for a part of it.
            while value.last == 0 { value.removeLast() }
            guard !value.contains(0), !value.contains(0x0D) else { throw Stop.bad }
            headers.append((String(decoding: name, as: UTF8.self).lowercased(), value))
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private func framing(
        _ headers: [(name: String, value: [UInt8])], isOld: Bool
    ) throws -> Framing {
        func values(_ name: String) -> [String] {
            headers.filter { $0.name == name }.map { header in
                let blanks: Set<UInt8> = [0x20, 0x09]
                let value = header.value.drop(while: blanks.contains)
                let end = value.lastIndex { !blanks.contains($0) }
                return String(decoding: end.map { value[...$0] } ?? [], as: UTF8.self)
            }
        }
        let (lengths, codings) = (values("content-length"), values("transfer-encoding"))
        let hosts = values("host").count
        guard lengths.count + codings.count <= 1, hosts == 1 || (hosts == 0 && isOld) else {
            throw Stop.bad
        }
        if let coding = codings.first {
            guard coding.lowercased() == "chunked", !isOld else { throw Stop.bad }
            return .chunked
        }
        guard let length = lengths.first else { return .none }
        guard !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(length)
        else { throw Stop.bad }
        return .length(count)
    }

    private mutating func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let digits = try line().prefix { $0 != UInt8(ascii: ";") }
            guard !digits.isEmpty,
                let count = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                digits[0] != UInt8(ascii: "+"), digits[0] != UInt8(ascii: "-")
            else { throw Stop.bad }
            if count == 0 { break }
            body += try take(count)
            guard try line().isEmpty else { throw Stop.bad }
        }
        while try !Self.isBlank(line()) {}
        return body
    }
}
