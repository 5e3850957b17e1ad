/// What a mapping does with a message that lacks an attribute it refers to.
package enum MissingAttribute: String, Sendable, CaseIterable {
    /// The row goes to a failed batch.
    case fail
    /// The row is ingested without that field.
    case skip
}
