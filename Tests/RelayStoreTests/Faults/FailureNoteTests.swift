import Foundation
import Glibc
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

    /// The next start rests on the note.
    @Test func `whoever cannot leave the note says so and what to do`() throws {
        let store = try FaultyStore()
        let changer = try StoreChanger(file: store.file, now: store.clock.now)
        try FileManager.default.removeItem(atPath: store.folder.path)
        store.disk.failNext(.sync, times: 2)
        let told = try #require(
            #expect(throws: StoreError.self) {
                try changer.hold("platform", until: nil, reason: "", now: store.clock.now)
            })
        #expect(told.description.contains("no note of it could be left"))
        #expect(store.accept(store.event(1)) == .refused(.failed))
        #expect(store.failures.take().description.contains("restart the machine"))
        changer.close()
        store.close()
    }

    /// What is not a fault of the disk needs none.
    @Test func `a store that is gone is not told as one without a note`() {
        var failure = StoreFailure(operation: "holdfast.db was moved or deleted", reason: nil)
        failure.isNoted = false
        #expect(failure.description == "holdfast.db was moved or deleted")
    }

    @Test func `to make the system forget a file costs this process none of its locks`() throws {
        let folder = try TemporaryFolder()
        let file = StoreFile(directory: folder.path)
        try file.openForWriting(nowMs: 1).close()
        let reader = try StoreReader(file: file)
        #expect(file.noteFailure())
        let changer = try StoreChanger(file: file, now: ManualClock.start)
        changer.close()
        // A lock of one open file meets those of processes, its own process's too.
        // F_OFD_GETLK, which Swift does not see.
        let askOpenFileLock: Int32 = 36
        let descriptor = unsafe open(file.path, O_RDWR | O_CLOEXEC)
        var wish = flock()
        wish.l_type = Int16(F_WRLCK)
        wish.l_whence = Int16(SEEK_SET)
        // The range that SQLite's readers share.
        wish.l_start = 0x4000_0002
        wish.l_len = 510
        #expect(unsafe fcntl(descriptor, askOpenFileLock, &wish) == 0)
        #expect(Int32(wish.l_type) == F_RDLCK)
        close(descriptor)
        reader.close()
    }
}
