import HTTPServer
import RelayCore

/// One request through script and counters.
extension World {
    typealias Process = (inout World, FaultAction?, Timestamp) -> Reply

    /// Asks the script, then either does what the request wants or does not, and counts.
    mutating func serve(
        _ request: ServerRequest, _ endpoint: Endpoint, at now: Timestamp, _ process: Process
    ) -> Reply {
        let script =
            faults.isEmpty
            ? nil : faults.take(endpoint, path: request.head.path, body: request.body, at: now)
        guard let script else {
            let reply = process(&self, nil, now)
            count(endpoint, status: reply.status)
            return reply
        }
        counters.faultsApplied += 1
        let reply = script.mangle(
            script.isProcessed ? process(&self, script, now) : .empty(200))
        count(endpoint, status: reply.manner.showsStatus ? reply.status : 0)
        return reply
    }
}
