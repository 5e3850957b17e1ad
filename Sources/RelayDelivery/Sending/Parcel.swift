package import RelayStore

/// What goes to a destination in one request: one delivery, or several of a batch in their order.
package struct Parcel: Sendable {
    package let claims: [Claim]
    /// How often a larger parcel was split to get here; 0 for one as it was first packed.
    package let splits: Int

    package init(claims: [Claim], splits: Int = 0) {
        self.claims = claims
        self.splits = splits
    }

    var bytes: Int { claims.reduce(0) { $0 + $1.body.count } }

    /// Two parcels of about half each, when there is more than one claim.
    func halves() -> [Parcel] {
        guard claims.count > 1 else { return [self] }
        let middle = (claims.count + 1) / 2
        return [
            Parcel(claims: Array(claims[..<middle]), splits: splits + 1),
            Parcel(claims: Array(claims[middle...]), splits: splits + 1),
        ]
    }
}
