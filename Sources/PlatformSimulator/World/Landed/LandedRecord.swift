package import RelayCore
package import Signing

/// One accepted message and what became of it.
package struct LandedRecord: Sendable {
    /// From 1, without gaps, in the order of acceptance.
    package let sequence: UInt64
    package let receivedAt: Timestamp
    package let inletID: String
    package let flowID: String?
    package let xactionID: String
    /// The message's own `_id`: of the mapped or sent XDM entity, else of the relay's stamp.
    package let messageID: String?
    package let bytes: Int
    package let sha256: SHA256Digest
    package let fate: Fate
    /// False for lake rows that repeat an `_id` or are over Profile's size.
    package let isInProfile: Bool
    package let isAuthenticated: Bool
    package let isBatched: Bool
    /// What the mapping made of it; nil without a mapping.
    package let entity: JSONValue?
    /// The message as sent; nil once memory was needed for newer ones.
    package internal(set) var body: [UInt8]?
}
