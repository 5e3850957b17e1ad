internal import RelayCore
internal import Signing

/// A vendor's HMAC scheme with every parameter spelled out. The named schemes are points in this
/// space; this one reaches the rest.
struct HMACVerifySettings: Sendable, Equatable {
    enum Hash: String, Sendable, CaseIterable {
        case sha256, sha512
        /// Only for senders that offer nothing better.
        case sha1
    }

    enum Encoding: String, Sendable, CaseIterable { case hex, base64, base64url }

    /// How several signatures stand in one header.
    enum Separator: String, Sendable, CaseIterable { case none, space, comma }

    /// What one signature looks like: bare, `v1,…` or `v1=…`.
    enum Element: String, Sendable, CaseIterable { case bare, comma, equals }

    enum KeyEncoding: String, Sendable, CaseIterable { case text, hex, base64 }

    enum TimestampUnit: String, Sendable, CaseIterable { case seconds = "s", milliseconds = "ms" }

    let secrets: [Secret]
    let header: String
    /// Stripped from the header before anything else, such as `sha256=`.
    let prefix: String
    let separator: Separator
    let element: Element
    /// Of the elements, those that hold a signature; empty for `bare`.
    let versions: [String]
    let hash: Hash
    let encoding: Encoding
    let keyEncoding: KeyEncoding
    /// Stripped from the secret before it is decoded.
    let keyPrefix: String
    let content: SignedContentTemplate
    let timestampHeader: String?
    /// The element of the signature header that holds the time.
    let timestampElement: String?
    let timestampUnit: TimestampUnit
    let tolerance: Span
    /// The delivery id is the duplicate key; it stands in a header or in the body.
    let idHeader: String?
    let idPointer: JSONPointer?
    let typeHeader: String?

    init(_ reader: ObjectReader) {
        secrets = reader.required("secrets", .oneOrMore(of: .secret()))
        header = reader.required("header", .headerName)
        prefix = reader.value("prefix", .anyText, default: "")
        separator = reader.value("separator", .choice(), default: "none")
        element = reader.value("element", .choice(), default: "bare")
        versions = reader.optional("versions", .oneOrMore(of: .text)) ?? []
        hash = reader.value("hash", .choice(), default: "sha256")
        encoding = reader.value("encoding", .choice(), default: "hex")
        keyEncoding = reader.value("keyEncoding", .choice(), default: "text")
        keyPrefix = reader.value("keyPrefix", .anyText, default: "")
        content = reader.value("content", .signedContent, default: "{body}")
        timestampHeader = reader.optional("timestampHeader", .headerName)
        timestampElement = reader.optional("timestampElement", .text)
        timestampUnit = reader.value("timestampUnit", .choice(), default: "s")
        tolerance = VerifySettings.tolerance(reader)
        idHeader = reader.optional("idHeader", .headerName)
        idPointer = reader.optional("idPointer", .pointer) ?? nil
        typeHeader = reader.optional("typeHeader", .headerName)
        checkTogether(reader)
    }

    private func checkTogether(_ reader: ObjectReader) {
        if element != .bare, versions.isEmpty {
            reader.report("versions", "is required with element \(element.rawValue)")
        }
        if element == .bare, !versions.isEmpty {
            reader.report("versions", "means nothing with element bare")
        }
        if timestampHeader != nil, timestampElement != nil {
            reader.report("timestampElement", "means nothing beside timestampHeader")
        }
        if timestampElement != nil, element == .bare {
            reader.report("timestampElement", "means nothing with element bare")
        }
        if content.uses(.timestamp), timestampHeader == nil, timestampElement == nil {
            reader.report("content", "{timestamp} needs timestampHeader or timestampElement")
        }
        if content.uses(.id), idHeader == nil {
            reader.report("content", "{id} needs idHeader")
        }
        if idHeader != nil, idPointer != nil {
            reader.report("idPointer", "means nothing beside idHeader")
        }
        for (index, secret) in secrets.enumerated() where !canDecode(secret) {
            reader.place("secrets").index(index).report("is no \(keyEncoding.rawValue)")
        }
    }

    private func canDecode(_ secret: Secret) -> Bool {
        let text = String(decoding: secret.revealed, as: UTF8.self)
        let digits = text.suffix(after: keyPrefix) ?? text
        switch keyEncoding {
        case .text: return true
        case .hex: return digits.utf8.count % 2 == 0 && digits.allSatisfy(\.isHexDigit)
        case .base64: return Base64.decode(digits, padding: .lenient) != nil
        }
    }
}
