import CFaultyVFS
package import RelayStore

/// A disk of memory under SQLite that loses what was not synced, fails when told to, and keeps
/// count. One object is one disk; a store on it is opened with `storeFile(in:)`.
///
/// Everything it chooses comes from its seed and the order of the calls, so that a schedule driven
/// by one thread repeats exactly.
// Sendable: every call goes to C code that takes the disk's own lock.
@safe
package final class FaultyFileSystem: @unchecked Sendable {
    /// What may fail, is counted and is written down.
    package enum Operation: Sendable, CaseIterable {
        case any, open, read, write
        /// A write that makes its file longer; also counts as a write for what is to fail.
        case grow
        case truncate, sync, syncDirectory, delete, size, lock, sharedMemory
    }

    package enum Failure: Sendable {
        /// The input/output error that belongs to the operation.
        case inputOutput
        case full
        /// The end of the file where there is none.
        case shortRead
    }

    /// What a cut leaves of what was not synced.
    package enum Survival: Sendable {
        /// Any part, chosen by the seed: nothing, all, a front, some, sector by sector, in rubbish.
        case seeded
        case nothing
        /// The process dies and the machine goes on: the page cache stays, unsynced as it was.
        case everything
    }

    /// What the disk may claim wrongly, to see whether the checks notice.
    package struct Lies: OptionSet, Sendable {
        package let rawValue: Int32

        package init(rawValue: Int32) { self.rawValue = rawValue }

        package static let syncs = Lies(rawValue: 1)
        package static let directorySyncs = Lies(rawValue: 2)
    }

    /// Made in `init`, let go of in `deinit`; connections that are still open keep it alive.
    private let disk: OpaquePointer
    package let vfsName: String

    package init(seed: UInt64, sectorBytes: Int32 = 512) {
        guard let disk = unsafe faulty_create(seed, sectorBytes) else {
            preconditionFailure("no memory for a disk")
        }
        unsafe self.disk = disk
        vfsName = unsafe String(cString: faulty_name(disk))
    }

    deinit { unsafe faulty_destroy(disk) }

    /// The store's file on this disk. The folder is a real one only so that questions about free
    /// space have an answer; nothing is written there.
    package func storeFile(in folder: TemporaryFolder) -> StoreFile {
        StoreFile(directory: folder.path, vfs: vfsName)
    }

    /// Starts with what another disk holds, all of it synced.
    package func copyFiles(from other: FaultyFileSystem) {
        let isCopied = unsafe faulty_copy(disk, other.disk)
        precondition(isCopied, "only an empty disk can take a copy")
    }

    /// Starts with a file of these bytes, synced, as one that was restored.
    package func putFile(_ path: String, _ bytes: [UInt8]) {
        let isPut = unsafe bytes.withUnsafeBytes { buffer in
            unsafe faulty_file_put(disk, path, buffer.baseAddress, Int64(buffer.count))
        }
        precondition(isPut, "there is such a file: \(path)")
    }

    /// Disks whose memory is still held, by their owners or by open connections.
    package static var livingDisks: Int { Int(faulty_living()) }

    // MARK: Faults

    /// After `skipping` more operations of that kind the next ones fail.
    package func failNext(
        _ operation: Operation, skipping: Int = 0, times: Int = 1,
        with failure: Failure = .inputOutput
    ) {
        unsafe faulty_fail(
            disk, operation.kind, Int64(skipping), Int64(times), failure.error)
    }

    package func forgetFailures() { unsafe faulty_forget_failures(disk) }

    /// Operations so far that failed because they were told to, or for want of room: each was
    /// reported to somebody.
    package var failures: Int { unsafe Int(faulty_failures(disk)) }

    package func count(_ operation: Operation) -> Int {
        unsafe Int(faulty_count(disk, operation.kind))
    }

    /// What all files together may take, whatever the free space is said to be; nil: no limit.
    package func limitCapacity(bytes: Int?) {
        unsafe faulty_set_capacity(disk, Int64(bytes ?? -1))
    }

    package var usedBytes: Int { unsafe Int(faulty_used(disk)) }

    package func tell(_ lies: Lies) { unsafe faulty_set_lies(disk, lies.rawValue) }

    // MARK: Cuts

    /// Open files fail for ever; whoever opens next sees what survived.
    package func cutPower(_ survival: Survival = .seeded) {
        unsafe faulty_cut(disk, survival.value)
    }

    /// Cuts in the middle of the change that comes after that many more; nil takes it back.
    package func cutPower(afterChanges changes: Int?, _ survival: Survival = .seeded) {
        unsafe faulty_cut_after(disk, Int64(changes ?? -1), survival.value)
    }

    /// Stands for what a real store does with its real directory when it is opened for writing.
    /// - Returns: whether it went well.
    package func syncDirectory() -> Bool { unsafe faulty_sync_directory(disk) }

    /// Writes, truncations, syncs, creations and deletions so far.
    package var changes: Int { unsafe Int(faulty_changes(disk)) }
    package var cuts: Int { unsafe Int(faulty_cuts(disk)) }

    /// Whether a power cut could take something of the file, or its name.
    package func isUnsynced(_ path: String) -> Bool { unsafe faulty_is_unsynced(disk, path) }

    // MARK: Looking

    package func bytes(of path: String) -> [UInt8]? {
        let size = unsafe faulty_file_size(disk, path)
        guard size >= 0 else { return nil }
        return unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            unsafe count = Int(faulty_file_read(disk, path, 0, buffer.baseAddress, size))
        }
    }

    /// Overwrites bytes behind everybody's back.
    package func damage(_ path: String, at offset: Int, with bytes: [UInt8]) {
        let isDone = unsafe bytes.withUnsafeBytes { buffer in
            unsafe faulty_file_damage(
                disk, path, Int64(offset), buffer.baseAddress, Int64(buffer.count))
        }
        precondition(isDone, "no such file: \(path)")
    }

    package func fileNumber(of path: String) -> Int { unsafe Int(faulty_file_number(disk, path)) }

    package func keepJournal(_ keep: Bool = true) { unsafe faulty_keep_journal(disk, keep) }

    /// Puts a line of the test's own into the journal.
    package func mark(_ number: Int) { unsafe faulty_mark(disk, Int64(number)) }

    package var journal: [JournalEntry] {
        var entry = faulty_entry()
        let length = unsafe faulty_journal_length(disk)
        return (0..<length).compactMap { index in
            guard unsafe faulty_journal_entry(disk, index, &entry) else { return nil }
            return JournalEntry(entry)
        }
    }
}

extension FaultyFileSystem.Operation {
    var kind: faulty_kind {
        switch self {
        case .any: FAULTY_ANY
        case .open: FAULTY_OPEN
        case .read: FAULTY_READ
        case .write: FAULTY_WRITE
        case .grow: FAULTY_GROW
        case .truncate: FAULTY_TRUNCATE
        case .sync: FAULTY_SYNC
        case .syncDirectory: FAULTY_SYNC_DIRECTORY
        case .delete: FAULTY_DELETE
        case .size: FAULTY_SIZE
        case .lock: FAULTY_LOCK
        case .sharedMemory: FAULTY_SHARED_MEMORY
        }
    }
}

extension FaultyFileSystem.Failure {
    fileprivate var error: faulty_error {
        switch self {
        case .inputOutput: FAULTY_ERROR_IO
        case .full: FAULTY_ERROR_FULL
        case .shortRead: FAULTY_ERROR_SHORT_READ
        }
    }
}

extension FaultyFileSystem.Survival {
    fileprivate var value: faulty_survival {
        switch self {
        case .seeded: FAULTY_SURVIVAL_SEEDED
        case .nothing: FAULTY_SURVIVAL_NOTHING
        case .everything: FAULTY_SURVIVAL_ALL
        }
    }
}
