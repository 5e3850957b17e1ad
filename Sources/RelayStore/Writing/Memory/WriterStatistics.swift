package import RelayCore

/// What the writer did since it started.
package struct WriterStatistics: Sendable {
    package private(set) var groups: Int64 = 0
    package private(set) var accepts: Int64 = 0
    package private(set) var finishGroups: Int64 = 0
    /// Rows of one group: events and finishes.
    package private(set) var groupRows = Distribution(.groupSizes)
    /// From the beginning of a group's transaction until it is on stable storage.
    package private(set) var commitTimes = Distribution(.diskTimes)
    /// The last part of it: writing and syncing the log.
    package private(set) var syncTimes = Distribution(.diskTimes)

    mutating func count(
        accepts: Int, finishGroups: Int, rows: Int, commitNs: UInt64, syncNs: UInt64
    ) {
        groups += 1
        self.accepts += Int64(accepts)
        self.finishGroups += Int64(finishGroups)
        groupRows.add(Int64(rows))
        commitTimes.add(Int64(clamping: commitNs))
        syncTimes.add(Int64(clamping: syncNs))
    }
}
