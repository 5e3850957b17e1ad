import Foundation
import RelayCore
import SQLite
import Signing

@testable import RelayStore

/// A store of one test in a folder of its own, filled through the ledger as the relay would.
final class SampleStore {
    let folder: String
    let file: StoreFile
    let ledger: Ledger
    private(set) var clock = FixedClock(now: Timestamp(milliseconds: 1_780_000_000_000))

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("holdfast-commands-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        file = StoreFile(directory: folder)
        ledger = try Ledger(file: file, now: clock.now)
    }

    deinit {
        ledger.connection.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func pass(ms: Int64) { clock = FixedClock(now: clock.now.adding(ms: ms)) }

    func accept(
        _ body: String, hook: String = "feedback", destination: String = "platform",
        query: String? = nil, headers: String = "", isParsable: Bool = true
    ) throws -> Claim {
        pass(ms: 1000)
        let route = Route(
            source: try ledger.number(of: "chatlio", kind: .source),
            hook: try ledger.number(of: hook, kind: .hook),
            destinations: [try ledger.number(of: destination, kind: .destination)],
            dedupWindowMs: 0)
        let event = NewEvent(
            route: route, receivedAt: clock.now, remoteAddress: "192.0.2.7", query: query,
            headers: Array(headers.utf8), body: Array(body.utf8),
            sha256: SHA256.digest(Array(body.utf8)).bytes, isParsable: isParsable)
        guard case .stored(let id) = try ledger.transaction({ try $0.accept(event) }) else {
            preconditionFailure("the sample was not stored")
        }
        return StoredEvent(id: id, event: event).claim(destination: route.destinations[0])
    }

    func finish(
        _ claim: Claim, _ result: Finish.Result, status: Int?, errorClass: ErrorClass? = nil,
        message: String? = nil, tracer: String? = nil
    ) throws {
        let attempt = Attempt(
            startedAt: clock.now, durationMs: 12, status: status, errorClass: errorClass,
            message: message, tracer: tracer)
        let finish = Finish(claim: claim, result: result, attempt: attempt)
        let now = clock.now
        _ = try ledger.transaction { try $0.finish(finish, now: now) }
    }
}

struct FixedClock: Clock {
    let now: Timestamp
    var monotonicNanoseconds: UInt64 { UInt64(now.milliseconds) * 1_000_000 }
}
