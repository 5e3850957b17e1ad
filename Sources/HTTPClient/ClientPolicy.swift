/// What a destination allows. Handles are pooled per policy, so a worker is quick when it sees few
/// different ones.
package struct ClientPolicy: Sendable, Hashable {
    package var allowPlainHTTP: Bool
    /// A proxy's URL; `nil` connects directly. The environment is never asked.
    package var proxy: String?
    /// Comma-separated hosts that are reached without the proxy.
    package var noProxy: String?
    /// Trusted instead of the system's authorities, not on top of them.
    package var caFile: String?
    package var clientCertificate: ClientCertificate?
    /// Both limits belong to the worker; it holds the widest that its policies have asked for.
    /// Nil: none, because whoever sends bounds what is under way. A limit that policies share would
    /// let the requests of one that hangs keep those of the others waiting for a connection.
    package var maxConnections: Int?
    package var maxConnectionsPerHost: Int?
    /// Offer HTTP/2 over TLS. Plain http always speaks HTTP/1.1.
    package var http2: Bool
    /// What of an answer's body is kept. Up to sixteen times as much is read and thrown away, so
    /// that the connection stays usable; beyond that the connection is cut.
    package var responseBodyLimitBytes: Int
    package var idleConnectionSeconds: Int
    package var userAgent: String

    package init(
        allowPlainHTTP: Bool = false, proxy: String? = nil, noProxy: String? = nil,
        caFile: String? = nil, clientCertificate: ClientCertificate? = nil,
        maxConnections: Int? = nil, maxConnectionsPerHost: Int? = nil, http2: Bool = true,
        responseBodyLimitBytes: Int = 65_536, idleConnectionSeconds: Int = 60,
        userAgent: String = "holdfast"
    ) {
        self.allowPlainHTTP = allowPlainHTTP
        self.proxy = proxy
        self.noProxy = noProxy
        self.caFile = caFile
        self.clientCertificate = clientCertificate
        self.maxConnections = maxConnections
        self.maxConnectionsPerHost = maxConnectionsPerHost
        self.http2 = http2
        self.responseBodyLimitBytes = responseBodyLimitBytes
        self.idleConnectionSeconds = idleConnectionSeconds
        self.userAgent = userAgent
    }
}
