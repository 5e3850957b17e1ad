package import RelayCore

/// A vendor's way of signing, with every parameter spelled out. The named schemes are points in
/// this space, see `SignatureScheme+Vendors.swift`.
package struct SignatureScheme: Sendable {
    /// Where a sender puts what. The first group counts whose signature header is there.
    package struct Headers: Sendable {
        package let signature: String
        package let timestamp: String?
        package let id: String?
        package let type: String?

        /// Names in any case.
        package init(
            signature: String, timestamp: String? = nil, id: String? = nil, type: String? = nil
        ) {
            self.signature = signature.lowercased()
            self.timestamp = timestamp?.lowercased()
            self.id = id?.lowercased()
            self.type = type?.lowercased()
        }
    }

    let headers: [Headers]
    let notation: SignatureNotation
    let content: [SignedPart]
    /// Nil: the sender signs no time.
    let time: SignedTime?
    /// The member of the body that holds the delivery id, for senders with no header for it.
    let idPointer: JSONPointer?
    let keys: SigningKeys
    /// Slack asks once whether the URL is ours and wants its own words back.
    var answersChallenge = false

    package init(
        headers: [Headers], notation: SignatureNotation, content: [SignedPart],
        time: SignedTime? = nil, idPointer: JSONPointer? = nil, keys: SigningKeys
    ) {
        self.headers = headers
        self.notation = notation
        self.content = content
        self.time = time
        self.idPointer = idPointer
        self.keys = keys
    }
}
