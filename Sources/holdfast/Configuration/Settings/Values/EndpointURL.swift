import Foundation
internal import RelayCore

/// A URL to send to, with what is needed to judge it and a form that can be shown.
struct EndpointURL: Sendable, Hashable, CustomStringConvertible {
    enum Masking: Sendable {
        /// User, password, the values of the query and every long path segment: such segments are
        /// how services put tokens into URLs.
        case everything
        /// As above but the path is shown: the inlet id of Platform is no secret.
        case allButPath
    }

    /// The URL as it is used. May hold a secret; `description` does not.
    let revealed: String
    let scheme: String
    let host: String
    private let masked: String

    /// From this length on a path segment may be a token.
    private static let tokenSegmentCharacters = 16

    init?(_ text: String, masking: Masking) {
        guard
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let components = URLComponents(string: text),
            let scheme = components.scheme?.lowercased(),
            let host = components.host, !host.isEmpty, components.fragment == nil,
            Self.hasPossiblePort(components)
        else { return nil }
        revealed = text
        self.scheme = scheme
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        masked = Self.mask(components, scheme, host, masking)
    }

    var description: String { masked }

    var isLoopback: Bool {
        let name = host.lowercased()
        return name == "localhost" || name == "::1"
            || name.hasPrefix("127.") && name.utf8.allSatisfy { $0 == 0x2E || $0 <= 0x39 }
    }

    var hasQuery: Bool { revealed.utf8.contains(UInt8(ascii: "?")) }

    func queryValue(_ name: String) -> String? {
        URLComponents(string: revealed)?.queryItems?.first { $0.name == name }?.value
    }

    /// One with too many digits is none to the parser.
    private static func hasPossiblePort(_ components: URLComponents) -> Bool {
        guard let port = components.port else { return components.rangeOfPort == nil }
        return (1...65_535).contains(port)
    }

    private static func mask(
        _ components: URLComponents, _ scheme: String, _ host: String, _ masking: Masking
    ) -> String {
        var text = "\(scheme)://"
        if components.user != nil || components.password != nil { text += "***@" }
        text += host
        if let port = components.port { text += ":\(port)" }
        let segments = components.percentEncodedPath.split(
            separator: "/", omittingEmptySubsequences: false)
        text += segments.map { segment in
            masking == .everything && segment.count >= tokenSegmentCharacters
                ? "***" : String(segment)
        }.joined(separator: "/")
        if let items = components.percentEncodedQueryItems {
            text += "?" + items.map { "\($0.name)=***" }.joined(separator: "&")
        }
        return text
    }
}

extension EndpointURL: CustomDebugStringConvertible, CustomReflectable {
    var debugDescription: String { masked }
    var customMirror: Mirror { Mirror(self, children: []) }
}
