import HTTPServer
import RelayCore

/// Platform's own interfaces behind their gateway.
extension World {
    mutating func gateway(
        _ request: ServerRequest, _ endpoint: Endpoint, _ path: String, at now: Timestamp
    ) -> Reply {
        .empty(404)
    }

    mutating func provisionBuiltIn() {}
}
