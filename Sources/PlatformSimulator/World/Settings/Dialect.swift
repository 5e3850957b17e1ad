/// How a failed element of a batch's answer is written. Adobe's pages and Adobe's connector
/// disagree.
package enum Dialect: String, Sendable, CaseIterable {
    /// Adobe's pages: `statusCode`, no `xactionId`.
    case documented = "A"
    /// Adobe's Kafka connector: `status`, `xactionId` ending in the element's index.
    case connector = "B"
    /// Both in turn.
    case mixed
}
