/// What became of a message after it was accepted.
package enum Fate: String, Sendable, CaseIterable {
    case lake
    /// Its flow was younger than the enable delay: accepted, and gone.
    case lost
    /// No flow to go to: accepted, and gone.
    case unrouted
    /// In a failed batch.
    case failed
}
