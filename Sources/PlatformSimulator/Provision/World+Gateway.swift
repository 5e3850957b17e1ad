import HTTPServer
import RelayCore

/// Platform's own interfaces behind their gateway: who may call, and which service answers.
extension World {
    mutating func gateway(
        _ request: ServerRequest, _ endpoint: Endpoint, _ rest: String, at now: Timestamp
    ) -> Reply {
        do throws(GatewayError) {
            try checkCaller(request.head, at: now)
            if !request.body.isEmpty {
                let type = request.head.first("content-type") ?? ""
                guard type.lowercased().hasPrefix("application/") else { throw .contentType }
            }
            let call = GatewayCall(request, rest: rest, now: now)
            switch endpoint {
            case .flowService: return try flowService(call)
            case .mappingSets: return try mappingSets(call)
            case .schemaRegistry: return try schemaRegistry(call)
            case .catalog: return try catalog(call)
            case .export: return try export(call)
            default: throw .noSuchCall
            }
        } catch {
            return error.reply
        }
    }

    private func checkCaller(_ head: RequestHead, at now: Timestamp) throws(GatewayError) {
        guard let line = head.first("authorization"), line.lowercased().hasPrefix("bearer "),
            line.utf8.count > "bearer ".utf8.count
        else { throw .gateway(403_010, "Oauth token is missing.") }
        let token = String(line.dropFirst("bearer ".count))
        guard case .valid(let organisation) = tokens.verdict(on: token, at: now) else {
            throw .gateway(401_013, "Oauth token is not valid")
        }
        guard let key = head.first("x-api-key") else {
            throw .gateway(403_000, "Api Key is required")
        }
        guard tokens.clients[key] != nil else { throw .gateway(403_003, "Api Key is invalid") }
        guard let sent = head.first("x-gw-ims-org-id") else {
            throw .gateway(400_003, "Missing header x-gw-ims-org-id")
        }
        guard sent == organisation else { throw .gateway(403_025, "Profile is not valid") }
        guard let sandbox = head.first("x-sandbox-name") else {
            throw GatewayError(400, "2105-400", "Missing header x-sandbox-name")
        }
        guard sandbox == BuiltIn.sandboxName else {
            throw GatewayError(404, "2100-404", "Sandbox \(sandbox) not found")
        }
    }
}
