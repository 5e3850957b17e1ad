import Foundation
import Glibc
import RelayTesting

/// What some tests need and not every machine has. A test that is left out says which.
enum Requirements {
    /// A file system of a chosen size can be mounted.
    static let canMount: Bool = {
        guard getuid() == 0, let mount = Program.onPath("mount"),
            let umount = Program.onPath("umount"), let folder = try? TemporaryFolder()
        else { return false }
        let words = ["-t", "tmpfs", "-o", "size=1m", "holdfast-test", folder.path]
        guard (try? ChildProcess.run(mount, words))?.code == 0 else { return false }
        return (try? ChildProcess.run(umount, [folder.path]))?.code == 0
    }()

    /// A file can be mounted as a file system.
    static let canLoop: Bool = canMount && (try? SmallDisk(megabytes: 8, .file)) != nil

    /// No sanitizer is linked into the programs: it takes address space by the terabyte.
    static let isPlainBuild = unsafe dlsym(nil, "__sanitizer_set_report_path") == nil

    /// A file can be mounted as ext4 with a quota that binds (the kernel may know none).
    static let canLimitUser: Bool = {
        guard canLoop, let disk = try? SmallDisk(megabytes: 16, .userQuota),
            let setpriv = Program.onPath("setpriv"), (try? disk.limitUser(megabytes: 1)) != nil
        else { return false }
        let words = ["dd", "if=/dev/zero", "of=\(disk.path)/file", "bs=64k", "count=32"]
        return (try? ChildProcess.run(setpriv, SmallDisk.underQuota.dropFirst() + words))?.code == 1
    }()

    /// A file can be mounted as btrfs with a quota.
    static let canLimitFolder: Bool =
        canMount && (try? SmallDisk(megabytes: 128, .folderQuota)) != nil

    /// System calls of a process can be watched.
    static let canTrace: Bool = {
        guard let strace = Program.onPath("strace") else { return false }
        let words = ["-f", "-o", "/dev/null", "true"]
        return (try? ChildProcess.run(strace, words))?.code == 0
    }()

    /// A process that runs already, and is no child of the tracer, can be watched.
    static let canAttach: Bool = {
        guard let strace = Program.onPath("strace"),
            let sleeper = try? ChildProcess("/bin/cat", [], keepsInput: true),
            let tracer = try? ChildProcess(
                strace, ["-p", "\(sleeper.identifier)", "-o", "/dev/null"])
        else { return false }
        defer { sleeper.signal(SIGKILL) }
        return (try? tracer.errors.line(containing: "attached")) != nil
    }()

    static let hasIPv6: Bool =
        FileManager.default.fileExists(atPath: "/proc/net/if_inet6")
        && (try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8))?
            .contains("00000000000000000000000000000001") == true
}
