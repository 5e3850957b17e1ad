import Foundation
import RelayCore
import SQLite
import Signing

@testable import RelayStore

/// A store of one test in a folder of its own, filled through the ledger as the relay would.
final class FilledStore {
    static let start = Timestamp(milliseconds: 1_780_000_000_000)

    let folder: String
    let file: StoreFile
    let ledger: Ledger
    private(set) var now = FilledStore.start

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("holdfast-reading-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        file = StoreFile(directory: folder)
        ledger = try Ledger(file: file, now: now)
    }

    deinit {
        ledger.connection.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func reader() throws -> StoreReader { try StoreReader(file: file) }

    func pass(ms: Int64) { now = now.adding(ms: ms) }

    func number(_ name: String, _ kind: NameKind) throws -> Int64 {
        try ledger.number(of: name, kind: kind)
    }

    func route(
        source: String = "chatlio", hook: String = "feedback",
        destinations: [String] = ["platform"], dedupWindowMs: Int64 = 0
    ) throws -> Route {
        Route(
            source: try number(source, .source), hook: try number(hook, .hook),
            destinations: try destinations.map { try number($0, .destination) },
            dedupWindowMs: dedupWindowMs)
    }

    func event(_ route: Route, body: String, lane: String? = nil, isParsable: Bool = true)
        -> NewEvent
    {
        NewEvent(
            route: route, receivedAt: now, remoteAddress: "192.0.2.7", query: "a=1",
            headers: Array("Content-Type: application/json\nX-Two: a\nx-two: b\n".utf8),
            body: Array(body.utf8), sha256: SHA256.digest(Array(body.utf8)).bytes, lane: lane,
            isParsable: isParsable)
    }

    /// Stores one event and gives its claim for each destination.
    @discardableResult
    func accept(_ event: NewEvent) throws -> [Claim] {
        guard case .stored(let id) = try ledger.transaction({ try $0.accept(event) }) else {
            return []
        }
        return event.route.destinations.map {
            StoredEvent(id: id, event: event).claim(destination: $0)
        }
    }

    func finish(
        _ claim: Claim, _ result: Finish.Result, status: Int?, errorClass: ErrorClass? = nil,
        message: String? = nil, tracer: String? = nil
    ) throws {
        let attempt = Attempt(
            startedAt: now, durationMs: 12, status: status, errorClass: errorClass,
            message: message, tracer: tracer)
        let finish = Finish(claim: claim, result: result, attempt: attempt)
        let changed = try ledger.transaction { [now] in try $0.finish(finish, now: now) }
        precondition(changed, "the fixture's claim was stale")
    }

    func execute(_ sql: String) throws { try ledger.connection.execute(sql) }
}

extension FilledStore {
    /// One delivery in each state of the store, a second later each: `queued`, `tried`, `held`,
    /// `delivered`, `dead`, `unparsable`, `expired`, `discarded`.
    func fillEveryState() throws -> [String: EventID] {
        var ids: [String: EventID] = [:]
        func add(_ name: String, to destination: String = "platform", isParsable: Bool = true)
            throws -> Claim
        {
            pass(ms: 1000)
            let route = try route(destinations: [destination])
            let body = #"{"name":"\#(name)","n":\#(ids.count)}"#
            let claim = try accept(
                event(route, body: body, lane: "lane-\(name)", isParsable: isParsable))[0]
            ids[name] = claim.id
            return claim
        }
        _ = try add("queued")
        try finish(
            try add("tried"), .retry(at: now.adding(ms: 60_000)), status: 503,
            errorClass: .serverError, message: "busy")
        _ = try add("held", to: "copy")
        try finish(try add("delivered"), .delivered, status: 200, tracer: "tracer-1")
        try finish(
            try add("dead"), .dead(.rejected), status: 400, errorClass: .rejected,
            message: "no such field")
        _ = try add("unparsable", isParsable: false)
        try finish(
            try add("expired"), .expired, status: 500, errorClass: .serverError, message: "oops")
        let discarded = try add("discarded")
        try execute(
            """
            DELETE FROM deliveries WHERE seq = \(discarded.id.sequence);
            INSERT INTO discarded VALUES
                (\(discarded.id.sequence), \(discarded.destination), \(now.milliseconds), 0, NULL,
                 NULL, 'given up', NULL);
            UPDATE audit_days SET discarded = discarded + 1
            WHERE destination = \(discarded.destination);
            INSERT INTO holds VALUES
                (\(try number("copy", .destination)), \(now.milliseconds), NULL, 'flow change');
            """)
        return ids
    }
}
