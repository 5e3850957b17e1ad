import Foundation
import Glibc
import RelayCore
import RelayStore
import RelayTesting
import SQLite
import Testing

@Suite struct BallastTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func ballast(bytes: Int64 = 1_048_576) -> Ballast {
        Ballast(directory: folder.path, bytes: bytes)
    }

    private var blocks: Int64? {
        var facts = stat()
        guard unsafe stat(folder.file(Ballast.name), &facts) == 0 else { return nil }
        return Int64(facts.st_blocks) * 512
    }

    private func writer(_ ballast: Ballast, reserveBytes: Int64 = 0) throws -> GroupWriter {
        try GroupWriter(
            file: StoreFile(directory: folder.path), clock: ManualClock(),
            reserveBytes: reserveBytes, ballast: ballast
        ) { _ in }
    }

    @Test func `it takes blocks, gives them up once, and the next start finds it`() throws {
        let first = ballast()
        #expect(!first.isHeld && !first.giveUp())
        let writer = try writer(first)
        writer.tendBallast()
        writer.queue.sync {}
        #expect(first.isHeld)
        #expect(try #require(blocks) >= 1_048_576)
        let second = ballast()
        #expect(second.isHeld)
        #expect(second.giveUp() && !second.giveUp())
        #expect(blocks == nil)
    }

    @Test func `a file of the name without blocks is no ballast`() throws {
        #expect(FileManager.default.createFile(atPath: folder.file(Ballast.name), contents: nil))
        #expect(!ballast().isHeld)
    }

    @Test func `without room for it no event is taken`() throws {
        let store = try TestStore(folder: folder)
        let route = try store.route()
        store.close()
        let writer = try writer(ballast(bytes: Int64(1) << 60))
        let waiter = WaitingForAcceptance()
        writer.submit(Fixtures.event(route: route), waiter: waiter)
        #expect(waiter.verdict.take() == .refused(.diskFull))
    }

    @Test func `a full disk at the opening costs the ballast and is tried once more`() throws {
        let held = ballast()
        let writer = try writer(held)
        writer.tendBallast()
        writer.queue.sync {}
        let full = StoreError.database(
            path: "x", SQLiteError(extendedCode: 13, message: "full", sql: nil))
        var tries = 0
        let result = try held.opening { () throws -> Int in
            tries += 1
            if tries == 1 { throw full }
            return tries
        }
        #expect(result == 2 && !held.isHeld)
        #expect(throws: StoreError.self) { try held.opening { throw full } }
    }

    @Test(arguments: [
        (13, 0, true), (778, 122, true), (778, 27, true), (778, 28, true), (778, 5, false),
        (778, 0, false), (1034, 28, false), (4874, 28, true), (4874, 5, false), (10, 28, false),
    ])
    func `what counts as no space`(code: Int, number: Int, isFull: Bool) {
        let error = SQLiteError(
            extendedCode: Int32(code), message: "", sql: nil, systemErrorNumber: Int32(number))
        #expect(error.isFull == isFull)
    }
}
