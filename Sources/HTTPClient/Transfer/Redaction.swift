/// Curl's messages name hosts, ports and sometimes what a server said. Parts of a URL that may be
/// secret are taken out of them, whatever curl does with the URL; so are control characters.
enum Redaction {
    static func redact(_ message: String, secretsOf urls: [String]) -> String {
        var clean = String(
            message.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : Character($0) }
        )
        let secrets = urls.flatMap(secrets).sorted { $0.count > $1.count }
        for secret in secrets {
            clean = clean.split(separator: secret, omittingEmptySubsequences: false)
                .joined(separator: "[…]")
        }
        return clean
    }

    /// Userinfo, path, query and fragment, whole and in parts. A part of a path has to be long to
    /// count, so that `/api` does not take the name out of `api.example`.
    private static func secrets(_ url: String) -> [String] {
        var found: [Substring] = []
        var rest = Substring(url)
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        // A password may hold a slash by mistake; look for the last @ in all of it.
        if let at = rest.lastIndex(of: "@") {
            found.append(rest[..<at])
            found += rest[..<at].split { ":/".contains($0) }
            rest = rest[rest.index(after: at)...]
        }
        if let end = rest.firstIndex(where: { "/?#".contains($0) }) {
            found.append(rest[end...])
            found += rest[end...].split { "/?#&=".contains($0) }.filter { $0.count >= 8 }
        }
        return found.filter { $0.count >= 3 }.map(String.init)
    }
}
