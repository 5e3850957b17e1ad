package import Signing

/// Every address that the configuration opens, found by a digest.
///
/// The key is the SHA-256 of source, hook and token together. So there is one look-up for every
/// request, whichever part is wrong, and what it compares are digests: nothing of the time it
/// takes tells a guesser how close he came.
package struct EndpointTable: Sendable {
    private var endpoints: [SHA256Digest: Endpoint] = [:]
    package let maxBodyBytes: Int

    package init(maxBodyBytes: Int) {
        self.maxBodyBytes = maxBodyBytes
    }

    package mutating func open(_ endpoint: Endpoint, token: Secret) {
        let path = HookPath(
            source: Array(endpoint.source.utf8), hook: Array(endpoint.hook.utf8),
            token: token.revealed)
        endpoints[EndpointTable.key(path)] = endpoint
    }

    func endpoint(for path: HookPath) -> Endpoint? {
        endpoints[EndpointTable.key(path)]
    }

    private static func key(_ path: HookPath) -> SHA256Digest {
        // A zero byte occurs in no part, so the parts cannot be shifted against each other.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(path.source.count + path.hook.count + path.token.count + 2)
        bytes += path.source
        bytes.append(0)
        bytes += path.hook
        bytes.append(0)
        bytes += path.token
        return SHA256.digest(bytes)
    }
}
