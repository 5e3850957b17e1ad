import RelayCore
import Testing

@testable import RelayStore
@testable import holdfast

/// What the running relay says of itself in `status`.
struct StatusTests {
    private let store: SampleStore
    private let platform: Int64

    init() throws {
        store = try SampleStore()
        platform = try store.accept("{}").destination
    }

    private func publish(inFlight: Int, tokenMs: Int64?, state: String = "open") throws {
        let now = store.clock.now
        let report = GateReport(
            destination: platform, state: state, until: nil, inFlight: inFlight, window: 8,
            lastError: nil, lastErrorAt: nil, tokenExpiresAt: tokenMs.map { now.adding(ms: $0) },
            saidAt: now)
        try store.ledger.transaction { try $0.publish(report) }
    }

    private func page() -> String {
        CommandRun(["status", "--db", store.file.path], columns: 100, clock: store.clock).output
    }

    private func destination() throws -> JSONValue {
        let run = CommandRun(["status", "--json", "--db", store.file.path], clock: store.clock)
        return try #require(run.json()?["destinations"]?[0])
    }

    @Test func `requests in flight, the window and the token's life are shown`() throws {
        try publish(inFlight: 3, tokenMs: 23 * 3_600_000)
        #expect(page().contains("3/8") && page().contains("open, token for 23h"))
        let json = try destination()
        #expect(json["requestsInFlight"] == 3 && json["window"] == 8)
        #expect(json["tokenExpiresAt"]?.string?.hasSuffix("Z") == true)
    }

    @Test func `a token that has ended, or is no longer needed, is said so`() throws {
        try publish(inFlight: 0, tokenMs: -1)
        #expect(page().contains("open, token has ended"))
        try publish(inFlight: 0, tokenMs: nil)
        #expect(!page().contains("token") && page().contains("0/8"))
        #expect(try destination()["tokenExpiresAt"] == nil)
    }

    @Test func `what a relay said long ago of its requests is not taken for the present`() throws {
        try publish(inFlight: 3, tokenMs: nil)
        store.pass(ms: StoreReader.gateFreshMs)
        #expect(!page().contains("3/8"))
        #expect(try destination()["requestsInFlight"] == nil)
    }

    @Test func `a reached disk reserve is said on the screen and in the object`() throws {
        func disk() -> JSONValue? {
            let run = CommandRun(
                ["status", "--json", "--db", store.file.path], clock: store.clock)
            return run.json()?["disk"]
        }
        #expect(disk() == nil, "no relay has run on this store")
        try store.ledger.transaction { try $0.publish(reserveBytes: 1) }
        #expect(disk()?["reserveReached"] == false && !page().contains("disk reserve"))
        try store.ledger.transaction { try $0.publish(reserveBytes: .max) }
        #expect(disk()?["reserveReached"] == true)
        #expect(page().contains("the disk reserve is reached"))
    }
}
