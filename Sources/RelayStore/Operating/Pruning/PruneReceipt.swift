/// What one step took out.
package struct PruneReceipt: Sendable, Hashable {
    package var deliveries = 0
    package var events = 0
    /// Pages given back to the file system.
    package var pages = 0
    /// The walk is through: begin a new round in some minutes.
    package var isRoundOver = false

    package init() {}

    /// A round that found nothing.
    static let nothingDue: PruneReceipt = {
        var receipt = PruneReceipt()
        receipt.isRoundOver = true
        return receipt
    }()
}
