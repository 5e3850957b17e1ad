import RelayCore
import SQLite

/// A row of the queue or of a final table, before its event is looked up.
struct DeliveryRow {
    let key: DeliveryKey
    var state: DeliveryState
    let attempts: Int
    var queuedDueAtMs: Int64?
    var finishedAtMs: Int64?
    let status: Int?
    let errorClass: String?
    var message: String?
    var tracer: String?
}
