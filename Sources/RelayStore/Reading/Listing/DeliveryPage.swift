/// Part of a listing, read in one transaction that has ended.
package struct DeliveryPage: Sendable {
    /// Newest first; may be empty although more follow.
    package let records: [DeliveryRecord]
    /// Where the next page begins; nil at the end.
    package let next: DeliveryKey?
}
