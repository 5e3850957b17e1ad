import RelayCore
import RelayTesting
import SQLite
import Testing

@testable import RelayStore

/// After a fault of the disk the next process must not build on what only the kernel remembers.
@Suite struct FailureNoteTests {
    @Test func `a failure leaves a note, and the next start reads from the disk and removes it`()
        throws
    {
        let store = try TestStore()
        let route = try store.route()
        _ = store.accept(Fixtures.event(route: route))
        #expect(!store.file.hasFailureNote)
        store.writer.queue.sync {
            store.writer.fail(StoreFailure(operation: "sync", reason: nil))
        }
        #expect(store.file.hasFailureNote)
        store.close()

        let changer = try StoreChanger(file: store.file, now: store.clock.now)
        changer.close()
        #expect(store.file.hasFailureNote, "only a relay takes the note away")

        let again = try TestStore(folder: store.folder)
        #expect(!again.file.hasFailureNote)
        #expect(try again.claims(route.destinations[0]).count == 1)
        again.close()
    }

    /// Who is told ends the process, and the next one must know.
    @Test func `the note is written before anybody is told of the failure`() throws {
        let folder = try TemporaryFolder()
        let file = StoreFile(directory: folder.path)
        let wasThere = Mailbox<Bool>()
        let writer = try GroupWriter(file: file, clock: ManualClock(), reserveBytes: 0) { _ in
            wasThere.put(file.hasFailureNote)
        }
        writer.noteReadFailure(SQLiteError(extendedCode: 11, message: "damaged", sql: nil))
        #expect(wasThere.take())
        writer.close {}
    }

    @Test(arguments: [FaultyFileSystem.Failure.inputOutput, .full])
    func `a start whose sync or write fails leaves a note`(
        failure: FaultyFileSystem.Failure
    ) throws {
        let store = try FaultyStore()
        #expect(store.accept(store.event(1)) != .refused(.failed))
        // Killed: what it wrote and did not sync may be in memory only.
        store.disk.cutPower(.everything)
        store.disk.failNext(failure == .full ? .write : .sync, with: failure)
        #expect(throws: StoreError.self) {
            try FaultyStore(disk: store.disk, folder: store.folder)
        }
        // A full disk has forgotten nothing.
        #expect(store.file.hasFailureNote == (failure == .inputOutput))
        let again = try store.restarted(.nothing)
        #expect(!again.file.hasFailureNote)
        again.close()
    }

    @Test func `a command whose sync fails leaves a note`() throws {
        let store = try FaultyStore()
        let changer = try StoreChanger(file: store.file, now: store.clock.now)
        store.disk.failNext(.sync)
        #expect(throws: StoreError.self) {
            try changer.hold("platform", until: nil, reason: "", now: store.clock.now)
        }
        #expect(store.file.hasFailureNote)
        changer.close()
        store.close()
    }

    @Test func `a file is forgotten when it can be written, and one that is not there is`() throws {
        let folder = try TemporaryFolder()
        #expect(Volume.forgetMemory(of: folder.file("absent")))
        #expect(!Volume.forgetMemory(of: "/proc/self/mem"))
    }
}
