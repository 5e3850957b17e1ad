/// A delivery whose request is under way.
package struct InFlightKey: Hashable, Comparable, Sendable {
    package let destination: Int64
    package let sequence: Int64

    package init(destination: Int64, sequence: Int64) {
        self.destination = destination
        self.sequence = sequence
    }

    package static func < (left: InFlightKey, right: InFlightKey) -> Bool {
        (left.destination, left.sequence) < (right.destination, right.sequence)
    }
}
