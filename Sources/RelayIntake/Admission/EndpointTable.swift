import HTTPServer
import RelayCore
package import Signing

/// Every address that the configuration opens, found by a digest of the path.
///
/// A path is looked up as it was sent: nothing is decoded, collapsed or resolved, so an address has
/// one spelling and every other one is unknown. There is one look-up for every request, whichever
/// part is wrong, and what it compares are digests: nothing of the time it takes tells a guesser
/// how close he came.
package struct EndpointTable: Sendable {
    private var doors: [SHA256Digest: Door] = [:]
    package let maxBodyBytes: Int

    package init(maxBodyBytes: Int) {
        self.maxBodyBytes = maxBodyBytes
    }

    /// Whoever knows the token may send.
    package mutating func open(_ endpoint: Endpoint, token: Secret) {
        precondition(!token.isEmpty, "an empty token is none")
        add(
            .hook(endpoint, nil),
            at: EndpointTable.hookPath(endpoint) + [UInt8(ascii: "/")] + token.revealed)
    }

    /// Each request proves itself.
    package mutating func open(_ endpoint: Endpoint, verifier: RequestVerifier) {
        add(.hook(endpoint, verifier), at: EndpointTable.hookPath(endpoint))
    }

    /// Platform's own addresses: whoever knows the inlet's id may send.
    package mutating func open(_ endpoint: Endpoint, inlet: Inlet) {
        add(.inlet(endpoint, inlet), at: Array("/collection/\(inlet.id)".utf8))
        add(.inletBatch(endpoint, inlet), at: Array("/collection/batch/\(inlet.id)".utf8))
    }

    func door(at path: String) -> Door? {
        guard path.utf8.count <= Limits.pathBytes else { return nil }
        return doors[SHA256.digest(path.utf8.span)]
    }

    private mutating func add(_ door: Door, at path: [UInt8]) {
        doors[SHA256.digest(path)] = door
    }

    private static func hookPath(_ endpoint: Endpoint) -> [UInt8] {
        Array("/hooks/\(endpoint.source)/\(endpoint.hook)".utf8)
    }
}
