import Foundation
import RelayTesting

/// A file system of a few megabytes that a test can fill up.
final class SmallDisk {
    struct Failed: Error {}

    let path: String
    private let folder: TemporaryFolder
    private let umount: String

    init(megabytes: Int) throws {
        guard let mount = Program.onPath("mount"), let umount = Program.onPath("umount") else {
            throw Failed()
        }
        self.umount = umount
        folder = try TemporaryFolder()
        path = folder.file("disk")
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        let words = ["-t", "tmpfs", "-o", "size=\(megabytes)m", "holdfast-test", path]
        guard try ChildProcess.run(mount, words).code == 0 else { throw Failed() }
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

    func freeAgain() throws { try FileManager.default.removeItem(atPath: fillerPath) }
}
