import Foundation
import RelayTesting

/// A file system of a few megabytes that a test can fill up.
final class SmallDisk {
    struct Failed: Error {}

    let path: String
    private let folder: TemporaryFolder
    private let umount: String

    /// In memory; as ext4 in a file, which can be made to give up on itself; or in a file with a
    /// quota: ext4 for each user, btrfs for the folder `data`.
    enum Kind { case memory, file, userQuota, folderQuota }

    init(megabytes: Int, _ kind: Kind = .memory) throws {
        guard let mount = Program.onPath("mount"), let umount = Program.onPath("umount") else {
            throw Failed()
        }
        self.umount = umount
        folder = try TemporaryFolder()
        path = folder.file("disk")
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        var words = ["-t", "tmpfs", "-o", "size=\(megabytes)m", "holdfast-test", path]
        if kind != .memory {
            let image = folder.file("image")
            try SmallDisk.makeImage(at: image, megabytes: megabytes, kind)
            words = ["-o", kind == .userQuota ? "loop,usrquota" : "loop", image, path]
        }
        guard try ChildProcess.run(mount, words).code == 0 else { throw Failed() }
        if kind == .folderQuota {
            try run("btrfs", "quota", "enable", path)
            try run("btrfs", "subvolume", "create", path + "/data")
        }
    }

    private static func makeImage(at image: String, megabytes: Int, _ kind: Kind) throws {
        let isPlain = kind != .folderQuota
        guard let mkfs = Program.onPath(isPlain ? "mkfs.ext4" : "mkfs.btrfs"),
            FileManager.default.createFile(atPath: image, contents: nil),
            let handle = FileHandle(forWritingAtPath: image)
        else { throw Failed() }
        try handle.truncate(atOffset: UInt64(megabytes) * 1_048_576)
        try handle.close()
        var words = isPlain ? ["-q", "-F", "-m", "0", "-b", "4096"] : ["-q"]
        if kind == .userQuota { words += ["-O", "quota", "-E", "quotatype=usrquota"] }
        guard try ChildProcess.run(mkfs, words + [image]).code == 0 else { throw Failed() }
    }

    /// How much root may hold here who has given up his privilege (`SmallDisk.underQuota`).
    func limitUser(megabytes: Int) throws {
        try run("setquota", "-u", "0", "0", "\(megabytes * 1024)", "0", "0", path)
    }

    /// In front of a command: without the capability that no quota binds.
    static let underQuota = ["setpriv", "--bounding-set=-sys_resource"]

    /// How much the folder `data` may hold. While btrfs counts it refuses to be told, and at the
    /// quota it needs room in the folder to be told of it there: so by its number, at the top.
    func limitFolder(megabytes: Int) throws {
        let number = try run("btrfs", "inspect-internal", "rootid", path + "/data")
        var answer = ""
        do {
            try eventually("another quota") {
                do {
                    try run("btrfs", "qgroup", "limit", "\(megabytes)M", "0/\(number)", path)
                    return true
                } catch {
                    answer = "\(error)"
                    return false
                }
            }
        } catch {
            throw NeverHappened("another quota: \(answer)")
        }
    }

    @discardableResult
    private func run(_ name: String, _ words: String...) throws -> String {
        guard let program = Program.onPath(name) else { throw Failed() }
        let result = try ChildProcess.run(program, words)
        guard result.code == 0 else { throw NeverHappened("\(words): \(result.errors)") }
        return result.output.trimmingCharacters(in: .newlines)
    }

    deinit { _ = try? ChildProcess.run(umount, ["--lazy", path]) }

    private var fillerPath: String { path + "/filler" }

    /// Takes away all but so many bytes.
    func fill(leavingBytes: Int) throws {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
        guard let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue else {
            throw Failed()
        }
        let filler = Data(count: max(free - leavingBytes, 0))
        try filler.write(to: URL(fileURLWithPath: fillerPath))
    }

    /// Takes away the last block.
    func fillCompletely() throws {
        // A file system needs some blocks for the filler's own tables.
        try fill(leavingBytes: 1_048_576)
        guard let filler = FileHandle(forWritingAtPath: fillerPath) else { throw Failed() }
        defer { try? filler.close() }
        try filler.seekToEnd()
        let block = Data(count: 4096)
        while (try? filler.write(contentsOf: block)) != nil {}
    }

    /// Unmounts and mounts again, as after a repair. For the kind that lies in a file.
    func mountAnew() throws {
        guard let mount = Program.onPath("mount"),
            try ChildProcess.run(umount, [path]).code == 0,
            try ChildProcess.run(mount, ["-o", "loop", folder.file("image"), path]).code == 0
        else { throw Failed() }
    }

    func remount(_ mode: String) throws {
        guard let mount = Program.onPath("mount"),
            try ChildProcess.run(mount, ["-o", "remount,\(mode)", path]).code == 0
        else { throw Failed() }
    }

    func freeAgain() throws { try FileManager.default.removeItem(atPath: fillerPath) }
}
