/// Names one delivery in the store's own numbers, and its place in every listing: the newest event
/// comes first.
package struct DeliveryKey: Sendable, Hashable, Comparable {
    package let sequence: Int64
    package let destination: Int64

    package init(sequence: Int64, destination: Int64) {
        self.sequence = sequence
        self.destination = destination
    }

    /// Before everything a listing can hold.
    static let newest = DeliveryKey(sequence: .max, destination: .max)

    package static func < (left: DeliveryKey, right: DeliveryKey) -> Bool {
        (left.sequence, left.destination) < (right.sequence, right.destination)
    }
}
