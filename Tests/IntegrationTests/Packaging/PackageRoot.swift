import Foundation
import RelayTesting
import Testing

/// A folder that dpkg takes for a system. Its scripts run outside, with DPKG_ROOT, so nothing of
/// the system around it is touched.
final class PackageRoot {
    private let folder: TemporaryFolder
    private var environment: [String: String] = [:]
    var path: String { folder.path }

    init() throws {
        folder = try TemporaryFolder()
        for name in ["etc", "var/lib/dpkg/info", "var/lib/dpkg/updates"] {
            try FileManager.default.createDirectory(
                atPath: folder.file(name), withIntermediateDirectories: true)
        }
        try write("var/lib/dpkg/status", PackageRoot.dependencies())
        try write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\n")
        try write("etc/group", "root:x:0:\n")
    }

    /// What this system says of the packages that ours depends on. Of all packages dpkg would warn
    /// a thousand times that their files are not there.
    private static func dependencies() throws -> String {
        let wanted: Set = [
            "ca-certificates", "libc6", "libcurl4", "libgcc-s1", "libmicrohttpd12", "libsqlite3-0",
            "libssl3", "systemd",
        ]
        let status = try String(contentsOfFile: "/var/lib/dpkg/status", encoding: .utf8)
        let chosen = status.components(separatedBy: "\n\n").filter { entry in
            wanted.contains { entry.hasPrefix("Package: \($0)\n") }
        }
        return chosen.joined(separator: "\n\n") + "\n"
    }

    func install(_ package: String) throws { try dpkg("--install", package) }

    /// From here on the package's scripts find every program of this system but one.
    func hide(_ program: String) throws {
        let folder = self.folder.file("programs")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        for source in ["/usr/sbin", "/usr/bin", "/sbin", "/bin"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: source)
            where name != program {
                try? FileManager.default.createSymbolicLink(
                    atPath: folder + "/" + name, withDestinationPath: source + "/" + name)
            }
        }
        environment = ["PATH": folder]
    }

    func dpkg(_ words: String...) throws {
        let result = try ChildProcess.run(
            try #require(Program.onPath("dpkg")),
            ["--root=" + path, "--force-script-chrootless", "--log=/dev/null", "--no-triggers"]
                + words, environment: environment)
        guard result.code == 0 else {
            throw NeverHappened("dpkg \(words): \(result.output)\(result.errors)")
        }
        #expect(!result.errors.contains("systemctl"))
    }

    func has(_ relative: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.file(relative))
    }

    func read(_ relative: String) throws -> String {
        try String(contentsOfFile: folder.file(relative), encoding: .utf8)
    }

    func write(_ relative: String, _ text: String) throws {
        try text.write(toFile: folder.file(relative), atomically: true, encoding: .utf8)
    }

    func passwd() -> [String] {
        ((try? read("etc/passwd")) ?? "").split(separator: "\n").map { String($0) }
    }

    /// Mode in octal and the number of the owner.
    func mode(_ relative: String) throws -> String {
        let result = try ChildProcess.run(
            try #require(Program.onPath("stat")), ["-c", "%a %u", folder.file(relative)])
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
