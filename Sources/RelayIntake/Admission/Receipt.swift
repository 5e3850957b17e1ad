import HTTPServer
import RelayCore
import RelayStore
import Signing

/// What all events of one request have in common.
struct Receipt {
    let endpoint: Endpoint
    let receivedAt: Timestamp
    private let remoteAddress: String
    private let query: String?
    private let headers: [UInt8]
    private let trace: TraceContext?

    init(_ head: RequestHead, endpoint: Endpoint, at now: Timestamp) {
        self.endpoint = endpoint
        receivedAt = now
        remoteAddress = head.remoteAddress
        query = head.query
        headers = ReceiptHeaders.encode(head)
        let parents = head.values(of: "traceparent")
        trace =
            parents.count == 1
            ? TraceContext(parent: Array(parents[0].utf8), states: head.values(of: "tracestate"))
            : nil
    }

    /// A body that is no JSON becomes an event too: who sent it has proved that he may.
    func event(_ body: [UInt8], deliveryID: String? = nil) -> NewEvent {
        let scan = JSONScanner.scan(body, extracting: endpoint.lane, depthLimit: Limits.jsonDepth)
        var isParsable = false
        if case .valid = scan.verdict { isParsable = true }
        return NewEvent(
            route: endpoint.route, receivedAt: receivedAt, remoteAddress: remoteAddress,
            query: query, headers: headers, body: body, sha256: SHA256.digest(body).bytes,
            deliveryID: deliveryID,
            lane: scan.extracted.flatMap { $0.utf8.count <= Limits.laneBytes ? $0 : nil },
            isParsable: isParsable, trace: trace)
    }
}
