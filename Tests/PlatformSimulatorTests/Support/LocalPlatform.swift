import HTTPServer
import PlatformSimulator
import RelayCore
import RelayTesting

/// A simulator whose clock the test holds, and the shortest ways to ask it things.
struct LocalPlatform {
    let clock = ManualClock()
    let simulator: Simulator

    init(
        requiresAuthentication: Bool = false, _ change: (inout SimulatorSettings) -> Void = { _ in }
    ) {
        var settings = SimulatorSettings()
        change(&settings)
        simulator = Simulator(
            settings: settings, clock: clock, requiresAuthentication: requiresAuthentication)
    }

    func ask(
        _ method: String, _ target: String, _ body: String = "", headers: [String: String] = [:],
        from address: String = "127.0.0.1"
    ) -> Reply {
        let parts = target.split(separator: "?", maxSplits: 1).map { String($0) }
        let head = RequestHead(
            method: method, path: parts[0], query: parts.count > 1 ? parts[1] : nil,
            headers: headers.map { HeaderField(name: $0.key, value: $0.value) },
            declaredLength: body.utf8.count, remoteAddress: address)
        return simulator.answer(ServerRequest(head: head, body: Array(body.utf8)))
    }

    static let collection = "/collection/\(BuiltIn.inletID)"
    static let batch = "/collection/batch/\(BuiltIn.inletID)"

    /// To the built-in inlet and flow unless told otherwise.
    func send(
        _ body: String, to target: String = collection, flow: String? = BuiltIn.flowID,
        headers: [String: String] = [:]
    ) -> Reply {
        var headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
        headers["x-adobe-flow-id"] = flow
        return ask("POST", target, body, headers: headers)
    }

    func script(_ faults: JSONValue) throws { try simulator.script(faults) }

    func token() -> String {
        let form =
            "grant_type=client_credentials&client_id=\(BuiltIn.clientID)"
            + "&client_secret=\(BuiltIn.clientSecret)&scope=openid"
        return ask("POST", "/ims/token/v3", form).json?["access_token"]?.string ?? ""
    }

    /// To one of Platform's own interfaces, with everything the gateway wants.
    func call(
        _ method: String, _ target: String, _ body: JSONValue? = nil,
        headers: [String: String] = [:]
    ) -> Reply {
        var all = Self.gatewayHeaders
        all["Authorization"] = "Bearer \(token())"
        for (name, value) in headers { all[name] = value }
        return ask(method, "/data/foundation/\(target)", body?.description ?? "", headers: all)
    }

    static let gatewayHeaders = [
        "x-api-key": BuiltIn.clientID, "x-gw-ims-org-id": BuiltIn.organisation,
        "x-sandbox-name": BuiltIn.sandboxName, "Content-Type": "application/json",
        "Host": "platform.test",
    ]
}

extension JSONValue {
    /// `json.at("/responses/0/statusCode")`
    func at(_ pointer: String) -> JSONValue? {
        (try? JSONPointer(pointer)).flatMap { self[$0] }
    }
}

extension Reply {
    func at(_ pointer: String) -> JSONValue? { json?.at(pointer) }
    var text: String { String(decoding: response.body, as: UTF8.self) }
}
