internal import RelayCore
internal import Signing

struct AdminSettings: Sendable, Equatable {
    let listen: ListenAddress
    /// Nil: only what needs no authorisation is served.
    let token: Secret?

    init(_ reader: ObjectReader) {
        listen = reader.value("listen", .listenAddress, default: "127.0.0.1:9080")
        token = reader.optional("token", .secret())
    }
}
