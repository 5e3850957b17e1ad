import CSQLite
import Glibc

extension Volume {
    /// What the system says of a path. Only `absent` proves that nothing is there.
    package enum Look: Sendable {
        case found(FileIdentity)
        case absent
        case unknown(errno: Int32)
    }

    /// Links are followed.
    package static func look(at path: String) -> Look {
        var facts = stat()
        guard unsafe stat(path, &facts) == 0 else {
            return errno == ENOENT ? .absent : .unknown(errno: errno)
        }
        return .found(
            FileIdentity(
                device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino),
                bytes: Int64(facts.st_size), allocatedBytes: Int64(facts.st_blocks) * 512,
                writtenNs: Int64(facts.st_mtim.tv_sec) * 1_000_000_000
                    + Int64(facts.st_mtim.tv_nsec)))
    }

    /// Whether the last name of a path is a symbolic link, wherever it leads.
    package static func isLink(_ path: String) -> Bool { kind(path) == S_IFLNK }

    /// A file of bytes, which nobody has to wait for.
    package static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

    /// Whether anything has the name, a link that leads nowhere too.
    package static func isThere(_ path: String) -> Bool { kind(path) != 0 }

    /// Takes a name away, of whatever it is the name, but of no directory.
    package static func remove(_ path: String) -> Bool { unsafe unlink(path) == 0 }

    private static func kind(_ path: String) -> mode_t {
        var facts = stat()
        return unsafe lstat(path, &facts) == 0 ? facts.st_mode & S_IFMT : 0
    }

    /// Gives a file a name, which another one may have had.
    package static func rename(_ path: String, over name: String) -> Bool {
        unsafe Glibc.rename(path, name) == 0
    }

    /// How a file came to no new name.
    package enum RenameFailure: Error, Sendable {
        case isThereAlready
        case system(errno: Int32)
    }

    /// Gives a file a name that nothing has yet, in one step.
    package static func rename(_ path: String, toNew name: String) throws(RenameFailure) {
        if unsafe holdfast_rename_new(path, name) == 0 { return }
        guard knowsNot.contains(errno) else { throw failure(errno) }
        try renameByLink(path, toNew: name)
    }

    /// For a file system that knows no such renaming (network file systems): the new name is made
    /// beside the old one, which then goes. Where there are no second names either, it is looked
    /// first.
    static func renameByLink(_ path: String, toNew name: String) throws(RenameFailure) {
        if unsafe link(path, name) == 0 {
            // A second name of a whole file is in nobody's way.
            _ = unsafe unlink(path)
            return
        }
        guard knowsNot.contains(errno) else { throw failure(errno) }
        try renameAfterLook(path, toNew: name)
    }

    static func renameAfterLook(_ path: String, toNew name: String) throws(RenameFailure) {
        switch look(at: name) {
        case .absent where !isLink(name): break
        case .absent, .found: throw .isThereAlready
        case .unknown(let number): throw .system(errno: number)
        }
        guard unsafe Glibc.rename(path, name) == 0 else { throw failure(errno) }
    }

    private static let knowsNot: Set<Int32> = [EINVAL, ENOSYS, EPERM, EOPNOTSUPP]

    private static func failure(_ number: Int32) -> RenameFailure {
        number == EEXIST ? .isThereAlready : .system(errno: number)
    }
}
