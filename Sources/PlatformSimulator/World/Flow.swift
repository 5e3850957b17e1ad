package import RelayCore

/// A dataflow: which data set the messages of an inlet go to, and how they are read.
package struct Flow: Sendable {
    package let id: String
    package var inletID: String
    package var dataSetID = BuiltIn.dataSetID
    package var schemaID: String?
    package var isEnabled = true
    /// Whether Profile takes what lands.
    package var feedsProfile = true
    /// Messages before this moment plus the enable delay are lost; nil for a flow that was always
    /// there.
    package var changedAt: Timestamp?
    package var mapping: MappingSet?
    /// Nil when nothing is validated.
    package var schema: Schema?

    package init(id: String, inletID: String) {
        self.id = id
        self.inletID = inletID
    }

    func isWarm(at now: Timestamp, enableDelayMs: Int) -> Bool {
        guard let changedAt else { return true }
        return now.millisecondsSince(changedAt) >= Int64(enableDelayMs)
    }
}
