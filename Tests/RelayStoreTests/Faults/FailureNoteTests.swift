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

    @Test func `a file is forgotten when it can be written, and one that is not there is`() throws {
        let folder = try TemporaryFolder()
        #expect(Volume.forgetMemory(of: folder.file("absent")))
        #expect(!Volume.forgetMemory(of: "/proc/self/mem"))
    }
}
