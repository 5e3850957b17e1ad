import Foundation
import RelayCore
import RelayStore
import SQLite
import Testing

@testable import holdfast

struct CopyCommandTests {
    @Test func `a backup verifies, restores and is read like a store`() throws {
        let store = try SampleStore()
        let claim = try store.accept("{}")
        let copy = store.folder + "/copy.db"
        let made = CommandRun(["backup", copy, "--db", store.file.path], clock: store.clock)
        #expect(made.code == .done)
        #expect(made.output.isEmpty)
        let verdict = CommandRun(["verify", copy, "--json"], clock: store.clock)
        #expect(verdict.code == .done)
        #expect(verdict.json()?["sound"] == true)
        #expect(verdict.json()?["events"] == 1)
        #expect(CommandRun(["verify", copy], clock: store.clock).output.hasSuffix("sound\n"))
        let list = CommandRun(["list", "--json", "--db", copy], clock: store.clock)
        #expect(list.json()?["id"]?.string == claim.id.description)
        let config = ["holdfast.json5": "{ dataDirectory: '\(store.folder)/new' }"]
        let restored = CommandRun(
            ["restore", copy, "--config", "holdfast.json5"], files: config, clock: store.clock)
        #expect(restored.code == .done)
        let again = CommandRun(
            ["restore", copy, "--config", "holdfast.json5"], files: config, clock: store.clock)
        #expect(again.code == .failed)
        #expect(again.messages.contains("not overwritten"))
        #expect(
            CommandRun(["audit", "--config", "holdfast.json5"], files: config).code == .done)
    }

    @Test func `mistakes are named`() throws {
        let store = try SampleStore()
        let db = store.file.path
        #expect(CommandRun(["backup", "--db", db]).code == .usage)
        #expect(CommandRun(["backup", db, "--db", db]).code == .failed)
        #expect(CommandRun(["backup", "\(store.folder)/no/x.db", "--db", db]).code == .failed)
        #expect(CommandRun(["restore", db, "--db", db]).code == .usage)
        #expect(CommandRun(["verify", "\(store.folder)/none.db"]).code == .failed)
        #expect(CommandRun(["verify", db, "--db", db]).code == .usage)
        #expect(CommandRun(["verify"]).code == .usage)
        #expect(CommandRun(["verify", "--db", db]).code == .done)
    }

    @Test func `Ctrl-C leaves nothing of a copy`() throws {
        let store = try SampleStore()
        _ = try store.accept("{}")
        var seat = OperatorSeat()
        seat.watchForInterrupt = { { true } }
        let stopped = CommandRun(
            ["backup", "\(store.folder)/x.db", "--db", store.file.path], seat: seat)
        #expect(stopped.code == .failed)
        #expect(stopped.messages.contains("interrupted"))
        #expect(!FileManager.default.fileExists(atPath: store.folder + "/x.db"))
    }

    @Test func `an account that does not balance says where and fails`() throws {
        let store = try SampleStore()
        _ = try store.accept("{}")
        try store.ledger.connection.execute("DELETE FROM deliveries")
        let audit = CommandRun(["audit", "--db", store.file.path], clock: store.clock)
        #expect(audit.code == .failed)
        #expect(audit.output.contains("NOT BALANCED: difference 1"))
        #expect(audit.output.contains("waiting should be 1 by the totals, the tables hold 0"))
        let json = CommandRun(["audit", "--json", "--db", store.file.path], clock: store.clock)
        #expect(json.json()?["balanced"] == false)
        #expect(json.json()?["accepted"] == 1)
        #expect(CommandRun(["verify", "--db", store.file.path]).code == .failed)
        #expect(CommandRun(["audit", "--since", "soon", "--db", store.file.path]).code == .usage)
    }

    @Test func `deliveries outside the lane of their event are named`() throws {
        let store = try SampleStore()
        let claim = try store.accept("{}")
        let sound = CommandRun(["verify", "--db", store.file.path])
        #expect(sound.output.contains("lanes       in order"))
        try store.ledger.connection.execute("UPDATE deliveries SET lane = 7")
        let run = CommandRun(["verify", "--db", store.file.path])
        #expect(run.code == .failed)
        #expect(run.output.contains("1 NOT IN THE LANE OF THEIR EVENT"))
        #expect(run.output.contains("\n  \(claim.id)\n") && run.output.hasSuffix("NOT SOUND\n"))
        let json = CommandRun(["verify", "--json", "--db", store.file.path]).json()
        #expect(json?["strays"] == 1)
        #expect(json?["strayIds"] == [.string(claim.id.description)])
    }

    @Test func `a link to a backup is read like the backup`() throws {
        let store = try SampleStore()
        let claim = try store.accept("{}")
        let link = store.folder + "/latest.db"
        #expect(
            CommandRun(["backup", "\(store.folder)/day.db", "--db", store.file.path]).code == .done)
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "day.db")
        for command in [["verify", link], ["status", "--db", link], ["audit", "--db", link]] {
            let run = CommandRun(command, clock: store.clock)
            #expect(run.code == .done, "\(command): \(run.messages)")
        }
        let list = CommandRun(["list", "--json", "--db", link], clock: store.clock)
        #expect(list.json()?["id"]?.string == claim.id.description)
        let hold = CommandRun(["hold", "platform", "--db", link], clock: store.clock)
        #expect(hold.code == .failed)
        #expect(hold.messages.contains("is a symbolic link"))
    }
}
