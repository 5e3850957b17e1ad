internal import RelayCore
internal import Signing

/// HMAC-SHA256 over the body as it is sent, in a header. Adobe's pages leave the encoding open.
struct OutgoingHMACSettings: Sendable, Equatable {
    enum Encoding: String, Sendable, CaseIterable { case hex, base64 }

    let secret: Secret
    let encoding: Encoding
    let header: String

    init(_ reader: ObjectReader) {
        secret = reader.required("secret", .secret())
        encoding = reader.value("encoding", .choice(), default: "hex")
        header = reader.value("header", .headerName, default: "x-hmac-sha256")
    }
}
