/// What happens to a raw message whose flow id is missing, unknown or of another inlet. Adobe does
/// not say.
package enum UnknownFlow: String, Sendable, CaseIterable {
    /// Answered 200; the message lands nowhere.
    case drop
    /// Answered 400.
    case reject
}
