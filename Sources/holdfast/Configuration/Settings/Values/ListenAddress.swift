internal import HTTPServer
internal import RelayCore

/// Where a listener waits for connections.
enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// Port 0 takes any free one. The host of an IPv6 address stands without brackets.
    case network(host: String, port: Int)
    case unix(path: String)
    /// The socket that systemd hands over.
    case systemd

    init?(_ text: String) {
        if text == "systemd" {
            self = .systemd
            return
        }
        if let path = text.suffix(after: "unix:") {
            guard path.hasPrefix("/") else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), port <= 65_535
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "/" }) else {
            return nil
        }
        self = .network(host: host, port: port)
    }

    var description: String {
        switch self {
        case .network(let host, let port):
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        case .systemd: "systemd"
        }
    }
}

extension Field where Value == ListenAddress {
    static var listenAddress: Field {
        Field(
            read: { value, place in
                guard let text = place.string(value) else { return nil }
                guard let address = ListenAddress(text) else {
                    let text = JSONValue.string(text)
                    place.report("\(text) is not \"host:port\", \"unix:/path\" or \"systemd\"")
                    return nil
                }
                if case .unix(let path) = address, path.utf8.count > Address.unixPathBytes {
                    place.report("\(ListenError.pathTooLong(path))")
                    return nil
                }
                return Reading(value: address, shown: .string(address.description))
            },
            standIn: { _ in .systemd })
    }
}
