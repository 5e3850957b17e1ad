import HTTPServer
import RelayCore
import RelayIntake
import RelayStore
import RelayTesting
import SQLite
import Signing

/// An intake handler over a real store, driven without a socket.
final class IntakeWorld {
    static let token = "tok_0123456789abcdef"
    static let maxBodyBytes = 4096

    let store: TestStore
    let handler: IntakeHandler

    init(_ open: (TestStore, IntakeCounters, inout EndpointTable) throws -> Void) throws {
        store = try TestStore()
        var table = EndpointTable(maxBodyBytes: IntakeWorld.maxBodyBytes)
        let counters = IntakeCounters()
        try open(store, counters, &table)
        handler = IntakeHandler(
            table: table, writer: store.writer, clock: store.clock, counters: counters)
    }

    /// Chatlio's hook `unanswered`, with a token.
    static func chatlio() throws -> IntakeWorld {
        try IntakeWorld { store, counters, table in
            table.open(try endpoint(store, counters), token: Secret(text: token))
        }
    }

    /// `POST /hooks/orders/created`, verified.
    static func generic(_ verifier: RequestVerifier) throws -> IntakeWorld {
        try IntakeWorld { store, counters, table in
            table.open(
                try endpoint(store, counters, source: "orders", hook: "created"), verifier: verifier
            )
        }
    }

    static func inlet(
        flowIDs: [String]? = nil, dedupWindowMs: Int64 = 0
    ) throws -> IntakeWorld {
        try IntakeWorld { store, counters, table in
            table.open(
                try endpoint(
                    store, counters, source: "dropin", hook: "collection",
                    dedupWindowMs: dedupWindowMs),
                inlet: Inlet(id: "abc123", flowIDs: flowIDs))
        }
    }

    static func endpoint(
        _ store: TestStore, _ counters: IntakeCounters, source: String = "chatlio",
        hook: String = "unanswered",
        dedupWindowMs: Int64 = 600_000
    ) throws -> Endpoint {
        Endpoint(
            source: source, hook: hook,
            route: try store.route(source: source, hook: hook, dedupWindowMs: dedupWindowMs),
            lane: JSONPointer(tokens: ["conversationUUID"]),
            counters: counters.endpoint(source: source, hook: hook))
    }

    /// What the server would do with this request, up to the answer.
    func send(
        _ path: String, method: String = "POST", query: String? = nil,
        headers: [HeaderField] = [], body: [UInt8] = Fixtures.chat
    ) -> ServerResponse {
        let head = RequestHead(
            method: method, path: path, query: query, headers: headers,
            declaredLength: body.count, remoteAddress: "192.0.2.7")
        switch handler.admit(head) {
        case .answer(let response): return response
        case .collect(let limitBytes, let context):
            guard body.count <= limitBytes else { return handler.bodyTooLarge(head) }
            let answers = Mailbox<ServerResponse>()
            handler.respond(
                to: ServerRequest(head: head, body: body, context: context),
                exchange: Exchange { answers.put($0) })
            return answers.take()
        }
    }

    /// True when the head alone was enough for a refusal.
    func isRefusedUnread(_ path: String, headers: [HeaderField] = []) -> Bool {
        let head = RequestHead(method: "POST", path: path, headers: headers, declaredLength: 10)
        if case .answer = handler.admit(head) { return true }
        return false
    }

    func chat(_ body: [UInt8] = Fixtures.chat, query: String? = nil) -> ServerResponse {
        send("/hooks/chatlio/unanswered/\(IntakeWorld.token)", query: query, body: body)
    }

    func post(_ headers: [HeaderField], _ body: [UInt8]) -> ServerResponse {
        send("/hooks/orders/created", headers: headers, body: body)
    }

    /// The column of every stored event, in the order of receipt.
    func events(_ column: String) throws -> [[UInt8]] {
        try rows("SELECT \(column) FROM events ORDER BY seq") { $0.bytes(0) }
    }

    func deliveryIDs() throws -> [String?] {
        try rows("SELECT delivery_id FROM events ORDER BY seq") { $0.optionalText(0) }
    }

    private func rows<T>(_ sql: String, _ read: (Statement) throws -> T) throws -> [T] {
        let connection = try store.file.openForReading()
        defer { connection.close() }
        let statement = try connection.statement(sql)
        defer { statement.reset() }
        var rows: [T] = []
        while try statement.step() { rows.append(try read(statement)) }
        return rows
    }
}
