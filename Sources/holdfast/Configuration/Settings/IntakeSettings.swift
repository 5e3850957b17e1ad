internal import RelayCore

struct IntakeSettings: Sendable, Equatable {
    let listen: ListenAddress
    let tls: TLSSettings?
    /// What stands before `/hooks/…` in the URLs that are printed for senders.
    let publicURL: EndpointURL?
    let maxBodyBytes: Int
    let maxConnections: Int
    let maxConnectionsPerAddress: Int
    let bodyTimeoutMs: Int
    let headerTimeoutMs: Int

    init(_ reader: ObjectReader) {
        listen = reader.value("listen", .listenAddress, default: "127.0.0.1:8080")
        tls = reader.optional("tls", .object(TLSSettings.init))
        publicURL = reader.optional(
            "publicURL",
            .url(schemes: ["https", "http"], masking: .allButPath) { url in
                url.hasQuery ? "must end before the query: /hooks/… is put behind it" : nil
            })
        maxBodyBytes = reader.value(
            "maxBodyBytes", .integer(in: Limits.bodyBytesRange),
            default: .integer(Limits.bodyBytesDefault))
        maxConnections = reader.value(
            "maxConnections", .integer(in: 1...65_536),
            default: .integer(Limits.connectionsDefault))
        maxConnectionsPerAddress = reader.value(
            "maxConnectionsPerAddress", .integer(in: 1...65_536),
            default: .integer(Limits.connectionsPerAddressDefault))
        bodyTimeoutMs = reader.value(
            "bodyTimeoutMs", .integer(in: 100...600_000),
            default: .integer(Limits.bodyTimeoutMsDefault))
        headerTimeoutMs = reader.value(
            "headerTimeoutMs", .integer(in: 100...600_000),
            default: .integer(Limits.headerTimeoutMsDefault))
    }
}

/// Paths of PEM files; that they can be read has been checked, what is in them has not.
struct TLSSettings: Sendable, Equatable {
    let certificatePath: String
    let keyPath: String

    init(_ reader: ObjectReader) {
        certificatePath = reader.required("certificate", .readableFile)
        keyPath = reader.required("key", .readableFile)
    }
}
