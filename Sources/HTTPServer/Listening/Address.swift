import CMicroHTTPD
import Glibc

/// Where to listen, as people write it: `0.0.0.0:8080`, `[::1]:8080`, `localhost:8080`, `:8080`
/// (every address), `unix:/path`.
package enum Address: Sendable, Equatable, CustomStringConvertible {
    case tcp(host: String, port: Int)
    case unix(path: String)

    /// Of the path of a unix socket: the system keeps one byte for the zero behind it.
    package static let unixPathBytes = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    package init(_ text: String) throws(ListenError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/") else { throw .unusableAddress(text) }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = Self.port(text[text.index(after: colon)...]),
            let host = Self.host(text[..<colon])
        else { throw .unusableAddress(text) }
        self = .tcp(host: host, port: port)
    }

    private static func port(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text).flatMap { $0 <= 65_535 ? $0 : nil }
    }

    /// An IPv6 address needs its brackets; an empty host means every address.
    private static func host(_ text: Substring) -> String? {
        if text.isEmpty { return "::" }
        if text.hasPrefix("[") {
            guard text.hasSuffix("]"), text.count > 2 else { return nil }
            return String(text.dropFirst().dropLast())
        }
        return text.contains(":") || text.contains(" ") ? nil : String(text)
    }

    /// As messages name it.
    var place: String {
        switch self {
        case .tcp: description
        case .unix(let path): path
        }
    }

    package var description: String {
        switch self {
        case .tcp(let host, let port):
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
