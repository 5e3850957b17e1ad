/// What the writer did since it started.
package struct WriterStatistics: Sendable {
    package private(set) var groups: Int64 = 0
    package private(set) var accepts: Int64 = 0
    package private(set) var finishGroups: Int64 = 0
    package private(set) var commitNanoseconds: UInt64 = 0
    package private(set) var slowestNanoseconds: UInt64 = 0

    mutating func count(accepts: Int, finishes: Int, nanoseconds: UInt64) {
        groups += 1
        self.accepts += Int64(accepts)
        finishGroups += Int64(finishes)
        commitNanoseconds += nanoseconds
        slowestNanoseconds = max(slowestNanoseconds, nanoseconds)
    }
}
