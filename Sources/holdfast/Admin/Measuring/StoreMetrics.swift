import RelayRuntime
import RelayStore

/// What the writer did, and what the store takes of the disk.
enum StoreMetrics {
    static func families(
        _ writer: GroupWriter, reserveBytes: Int64, health: HealthReport
    ) -> [MetricFamily] {
        let done = writer.counts
        let sizes = writer.file.sizes
        return [
            .histogram(
                "holdfast_store_commit_rows",
                "Events and finished attempts that shared one commit.",
                [.distribution(done.groupRows)]),
            .histogram(
                "holdfast_store_commit_seconds",
                "One commit from its beginning until it was on stable storage.",
                [.distribution(done.commitTimes)]),
            .histogram(
                "holdfast_store_sync_seconds",
                "The last part of a commit: writing and syncing the log.",
                [.distribution(done.syncTimes)]),
            .gauge(
                "holdfast_store_writable", "1 until the store has failed or is being closed.",
                [.whole(writer.refusal == nil ? 1 : 0)]),
            .gauge(
                "holdfast_store_missing_deliveries",
                "Acknowledged deliveries, at least, that are not in the store any more.",
                [.whole(writer.missingDeliveries)]),
            .gauge(
                "holdfast_store_database_bytes", "Size of the database file.",
                [.whole(sizes.database)]),
            .gauge(
                "holdfast_store_log_bytes", "Size of the write-ahead log's file.",
                [.whole(sizes.log)]),
            .gauge(
                "holdfast_disk_free_bytes", "What may still be written where the store lies.",
                sizes.free.map { [.whole($0)] } ?? []),
            .gauge(
                "holdfast_disk_reserve_bytes", "Below this much free disk no event is taken.",
                [.whole(reserveBytes)]),
            .gauge(
                "holdfast_disk_reserve_reached", "1 while the disk reserve is reached.",
                [.whole(health.isReserveReached ? 1 : 0)]),
        ]
    }
}
