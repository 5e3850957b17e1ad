package import RelayCore

/// Brings parcels to one destination in that destination's own language.
package protocol Courier: AnyObject, Sendable {
    /// Sends, reads the answer, and calls back exactly once, on any queue.
    func carry(_ parcel: Parcel, completion: @escaping @Sendable (ParcelReport) -> Void)
    /// How deliveries are packed. `nil`: one a request.
    var packing: Packing? { get }
    /// Forgets what may have made the destination refuse us (a token), because the operator said
    /// so or the configuration was read again.
    /// - Parameter wasRefused: what was used last was not accepted and must not be used again.
    func reset(wasRefused: Bool)
    /// Until when the access token in use is valid; nil: there is none.
    var tokenExpiresAt: Timestamp? { get }
}

extension Courier {
    package var tokenExpiresAt: Timestamp? { nil }
}
