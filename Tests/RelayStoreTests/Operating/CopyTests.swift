import Foundation
import Glibc
import RelayCore
import SQLite
import Testing

@testable import RelayStore

struct CopyTests {
    private func backup(_ store: FilledStore, _ name: String = "copy.db") throws -> StoreFile {
        let path = store.folder + "/" + name
        try store.file.backup(to: path, now: store.now) { _ in true }
        return StoreFile(path: path)
    }

    @Test func `a copy is one file that holds everything and balances`() throws {
        let store = try FilledStore()
        _ = try store.fillEveryState()
        let copy = try backup(store)
        let verdict = try copy.examine(now: store.now)
        #expect(verdict.isSound)
        #expect(verdict.events == 8)
        #expect(verdict.schema == 1)
        #expect(verdict.audit?.total.accepted == 8)
        let names = try FileManager.default.contentsOfDirectory(atPath: store.folder)
        #expect(names.filter { $0.hasPrefix("copy") } == ["copy.db"])
        let facts = try FileManager.default.attributesOfItem(atPath: copy.path)
        #expect(facts[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a copy made while events come in is of one moment`() throws {
        let store = try FilledStore()
        let route = try store.route()
        let body = String(repeating: "x", count: 20_000)
        for number in 0..<300 { try store.accept(store.event(route, body: "\(number)\(body)")) }
        var steps = 0
        let path = store.folder + "/copy.db"
        try store.file.backup(to: path, now: store.now) { _ in
            steps += 1
            do {
                for claim in try store.claims().prefix(3) {
                    try store.finish(claim, .delivered, status: 200)
                }
                try store.accept(store.event(route, body: "late\(steps)"))
            } catch {
                Issue.record(error)
            }
            return true
        }
        #expect(steps > 1)
        let verdict = try StoreFile(path: path).examine(now: store.now)
        #expect(verdict.isSound)
        #expect(verdict.events == 300)
    }

    /// Nobody waits for a pipe either.
    @Test func `what is no file is no database, and no damaged one`() throws {
        let store = try FilledStore()
        let pipe = store.folder + "/pipe"
        let made = unsafe mkfifo(pipe, 0o600)
        #expect(made == 0)
        for (path, words) in [
            (pipe, "is no file"), ("/dev/null", "is no file"), (store.folder, "is a directory"),
        ] {
            let file = StoreFile(path: path)
            for look in [
                { _ = try file.examine(now: store.now) }, { _ = try file.openForReading() },
                { _ = try file.openForChange() },
                { _ = try file.openForWriting(nowMs: store.now.milliseconds) },
                {
                    try StoreFile(path: store.folder + "/new.db").restore(
                        from: file, holder: "test", now: store.now
                    ) { _ in true }
                },
            ] {
                let error = #expect(throws: StoreError.self) { try look() }
                #expect(error?.description.contains(words) == true, "\(error as Any)")
            }
        }
    }

    @Test func `nothing is overwritten, and a stopped copy leaves nothing`() throws {
        let store = try FilledStore()
        let copy = try backup(store)
        let failure = #expect(throws: StoreError.self) {
            try store.file.backup(to: copy.path, now: store.now) { _ in true }
        }
        #expect("\(try #require(failure))".contains("not overwritten"))
        #expect(throws: StoreError.self) {
            try store.file.backup(to: store.folder + "/stopped.db", now: store.now) { _ in false }
        }
        #expect(throws: StoreError.self) {
            try store.file.backup(to: store.folder + "/none/copy.db", now: store.now) { _ in true }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: store.folder)
        #expect(names.filter { $0.contains("stopped") || $0.contains("partial") }.isEmpty)
    }

    @Test func `a restored store delivers what it holds with its ids and issues new ones`() throws {
        let store = try FilledStore()
        let first = try store.accept(store.event(try store.route(), body: "{\"n\":1}"))[0]
        let copy = try backup(store)
        let later = try store.accept(store.event(try store.route(), body: "{\"n\":2}"))[0]
        let place = StoreFile(directory: store.folder + "/restored")
        try place.restore(from: copy, holder: "test", now: store.now) { _ in true }
        let ledger = try Ledger(file: place, now: store.now)
        defer { ledger.connection.close() }
        let reader = try ClaimReader(file: place)
        defer { reader.close() }
        let claims = try reader.claimDue(
            .untried(destination: first.destination, after: 0, count: 10, bytes: .max))
        #expect(claims.map(\.id) == [first.id])
        let route = try store.route()
        let event = store.event(route, body: "{\"n\":3}")
        guard case .stored(let id) = try ledger.transaction({ try $0.accept(event) }) else {
            Issue.record("not stored")
            return
        }
        #expect(id.sequence == later.id.sequence)
        #expect(id != later.id)
        #expect(try place.examine(now: store.now).isSound)
    }

    @Test func `restoring refuses a store that is there and a relay that runs`() throws {
        let store = try FilledStore()
        let copy = try backup(store)
        let there = #expect(throws: StoreError.self) {
            try store.file.restore(from: copy, holder: "test", now: store.now) { _ in true }
        }
        #expect("\(try #require(there))".contains("not overwritten"))
        let place = StoreFile(directory: store.folder + "/taken")
        let owner = try StoreOwnership(directory: place.directory, holder: "holdfast serve")
        let taken = #expect(throws: StoreError.self) {
            try place.restore(from: copy, holder: "test", now: store.now) { _ in true }
        }
        withExtendedLifetime(owner) {}
        #expect("\(try #require(taken))".contains("holdfast serve"))
        #expect(throws: StoreError.self) {
            try StoreFile(path: "\(store.folder)/x/holdfast.db").restore(
                from: StoreFile(path: "\(store.folder)/none.db"), holder: "test", now: store.now
            ) { _ in true }
        }
    }

    @Test func `a damaged copy, an unbalanced one and a stranger are told apart`() throws {
        let store = try FilledStore()
        for number in 0..<50 {
            try store.add("{\"n\":\"\(String(repeating: "x", count: 2000))\(number)\"}", .delivered)
        }
        let copy = try backup(store)
        let connection = try Connection(path: copy.path, mode: .readWrite)
        try connection.execute("DELETE FROM delivered")
        connection.close()
        let unbalanced = try copy.examine(now: store.now)
        #expect(!unbalanced.isSound)
        #expect(unbalanced.damages.isEmpty)

        let damaged = try backup(store, "damaged.db")
        var bytes = [UInt8](try #require(FileManager.default.contents(atPath: damaged.path)))
        for index in 8192 * 6..<8192 * 12 { bytes[index] = 0xA5 }
        _ = FileManager.default.createFile(atPath: damaged.path, contents: Data(bytes))
        let verdict = try? damaged.examine(now: store.now)
        #expect(verdict?.isSound != true)

        let stranger = store.folder + "/stranger.db"
        _ = FileManager.default.createFile(atPath: stranger, contents: Data("hello there".utf8))
        #expect(throws: StoreError.self) {
            _ = try StoreFile(path: stranger).examine(now: store.now)
        }
        #expect(throws: StoreError.self) {
            _ = try StoreFile(path: store.folder + "/none.db").examine(now: store.now)
        }
    }

    /// Damage that no check of pages finds: the queue would pass these over for ever.
    @Test func `deliveries outside the lane of their event are named, and a replay mends them`()
        throws
    {
        let store = try FilledStore()
        let claims = try ["a", "b", "a", nil].map { lane in
            try store.accept(store.event(try store.route(), body: "{}", lane: lane))[0]
        }
        #expect(try store.file.examine(now: store.now).strays == LaneStrays())
        let wrong = [LaneKey.of("b").description, "NULL", "7"]
        for (claim, lane) in zip([claims[0], claims[1], claims[3]], wrong) {
            try store.execute(
                "UPDATE deliveries SET lane = \(lane) WHERE seq = \(claim.id.sequence)")
        }
        let verdict = try store.file.examine(now: store.now)
        #expect(!verdict.isSound && verdict.damages.isEmpty)
        #expect(verdict.strays?.count == 3)
        #expect(verdict.strays?.named == [claims[0].id, claims[1].id, claims[3].id])
        #expect(verdict.json["strays"] == 3)

        let changer = try store.changer()
        defer { changer.close() }
        let strays = Set(try #require(verdict.strays).named)
        _ = try changer.discard(
            try store.chosen(ids: strays)[...], reason: "astray", now: store.now)
        let order = ReplayOrder(who: "ana", asked: "--id")
        let id = try changer.beginReplay(order, chosen: 3, resuming: nil, now: store.now)
        _ = try changer.replay(
            try store.chosen(ids: strays)[...], id: id, patch: nil, now: store.now)
        let mended = try store.file.examine(now: store.now)
        #expect(mended.isSound && mended.strays == LaneStrays())
    }

    @Test func `more strays than can be named are counted`() throws {
        let store = try FilledStore()
        for _ in 0..<25 {
            try store.accept(store.event(try store.route(), body: "{}", lane: "a"))
        }
        try store.execute("UPDATE deliveries SET lane = NULL")
        let strays = try #require(try store.file.examine(now: store.now).strays)
        #expect(strays.count == 25 && strays.named.count == LaneStrays.namedLimit)
    }
}
